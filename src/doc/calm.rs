//! Where a picture is calm: what a cover's type stands on.

/// Light and detail of a picture in cells, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calm {
    pub columns: u8,
    pub rows: u8,
    /// Mean luma of each cell, 0–255.
    pub light: Vec<u8>,
    /// Mean difference between neighbouring samples in each cell, 0–255.
    pub detail: Vec<u8>,
}

/// A part of a picture, in thousandths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub x: (i32, i32),
    pub y: (i32, i32),
}

impl Calm {
    /// Mean light and detail over the cells that a part touches.
    pub fn of(&self, part: Part) -> (u8, u8) {
        let cells = |(from, to): (i32, i32), n: u8| {
            let n = i32::from(n);
            let first = (from * n / 1000).clamp(0, n - 1);
            first..(((to * n) + 999) / 1000).clamp(first + 1, n)
        };
        let (mut light, mut detail, mut count) = (0, 0, 0);
        for row in cells(part.y, self.rows) {
            for column in cells(part.x, self.columns) {
                let i = (row * i32::from(self.columns) + column) as usize;
                light += u32::from(self.light[i]);
                detail += u32::from(self.detail[i]);
                count += 1;
            }
        }
        ((light / count) as u8, (detail / count) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_the_mean_of_its_cells() {
        let calm = Calm { columns: 2, rows: 2, light: vec![0, 100, 200, 100], detail: vec![0, 0, 10, 30] };
        assert_eq!(calm.of(Part { x: (0, 1000), y: (0, 1000) }), (100, 10));
        assert_eq!(calm.of(Part { x: (0, 400), y: (600, 900) }), (200, 10));
    }
}
