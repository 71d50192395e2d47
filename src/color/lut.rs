//! The tables of an ICC profile, evaluated (ICC.1:2010 §10.8 lut16Type, §10.9 lut8Type).
//!
//! In: a table that moxcms read. Out: [`Lut::at`], in double precision and plain arithmetic: moxcms' own transforms take
//! what the processor offers, and two machines would give two files.

use moxcms::{LutDataType, LutStore, LutWarehouse};

/// Input curves, a grid of colours, output curves. All values are shares of one.
pub struct Lut {
    inputs: usize,
    outputs: usize,
    grid: usize,
    input: Vec<f64>,
    colours: Vec<f64>,
    output: Vec<f64>,
    /// Sixteen bits: Lab is encoded the way of version 2 (§10.8, table 39's note).
    pub wide: bool,
}

impl Lut {
    /// None where the profile has no such table, or one of another form.
    pub fn new(table: Option<&LutWarehouse>, inputs: usize, outputs: usize) -> Option<Lut> {
        let Some(LutWarehouse::Lut(data)) = table else { return None };
        let shape = (usize::from(data.num_input_channels), usize::from(data.num_output_channels));
        let lut = Lut {
            inputs,
            outputs,
            grid: usize::from(data.num_clut_grid_points),
            input: shares(&data.input_table),
            colours: shares(&data.clut_table),
            output: shares(&data.output_table),
            wide: matches!(data.clut_table, LutStore::Store16(_)),
        };
        (shape == (inputs, outputs) && lut.is_whole(data)).then_some(lut)
    }

    fn is_whole(&self, data: &LutDataType) -> bool {
        let (entries_in, entries_out) =
            (usize::from(data.num_input_table_entries), usize::from(data.num_output_table_entries));
        self.grid >= 2
            && entries_in >= 2
            && entries_out >= 2
            && self.input.len() == entries_in * self.inputs
            && self.output.len() == entries_out * self.outputs
            && self.colours.len() == self.grid.pow(self.inputs as u32) * self.outputs
    }

    /// The colour at a point; multilinear between the grid's colours.
    pub fn at<const N: usize, const M: usize>(&self, point: [f64; N]) -> [f64; M] {
        let mut cell = [(0usize, 0.0f64); N];
        for (i, value) in point.into_iter().enumerate() {
            let curved = along(channel(&self.input, i, self.inputs), value);
            let at = curved * (self.grid - 1) as f64;
            let low = (at as usize).min(self.grid - 2);
            cell[i] = (low, at - low as f64);
        }
        let mut sum = [0.0; M];
        for corner in 0..1usize << N {
            let (mut weight, mut index) = (1.0, 0);
            for (i, (low, share)) in cell.iter().enumerate() {
                let high = corner >> i & 1;
                weight *= if high == 1 { *share } else { 1.0 - share };
                index = index * self.grid + low + high;
            }
            for (o, value) in sum.iter_mut().enumerate() {
                *value += weight * self.colours[index * self.outputs + o];
            }
        }
        std::array::from_fn(|o| along(channel(&self.output, o, self.outputs), sum[o]))
    }
}

fn shares(store: &LutStore) -> Vec<f64> {
    match store {
        LutStore::Store8(values) => values.iter().map(|v| f64::from(*v) / 255.0).collect(),
        LutStore::Store16(values) => values.iter().map(|v| f64::from(*v) / 65535.0).collect(),
    }
}

/// One of `of` curves that stand one after the other.
fn channel(curves: &[f64], i: usize, of: usize) -> &[f64] {
    let length = curves.len() / of;
    &curves[i * length..(i + 1) * length]
}

/// The value of a curve, linear between its entries.
fn along(curve: &[f64], value: f64) -> f64 {
    let at = value.clamp(0.0, 1.0) * (curve.len() - 1) as f64;
    let low = (at as usize).min(curve.len() - 2);
    curve[low] + (curve[low + 1] - curve[low]) * (at - low as f64)
}
