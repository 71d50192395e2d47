//! Photos whose data is damaged: they would be printed with grey bands, in silence. Asked of every build, not of preflight alone.
//! Other formats have sums of their own and are decoded when they are read.

use crate::base::{Code, Diagnostic, Place, Report, words};
use crate::doc::{Issue, Photo, PhotoFormat, PhotoId};
use crate::picture::Darkroom;

pub fn damaged(issue: &Issue, darkroom: &Darkroom) -> Report {
    let is_jpeg = |photo: &Photo| matches!(photo.format, PhotoFormat::Jpeg { .. });
    let all = (0..).map(PhotoId).zip(&issue.photos);
    let jobs: Vec<(PhotoId, &Photo)> = all.filter(|(_, photo)| is_jpeg(photo)).collect();
    let mut report = Report::default();
    let take = |(id, photo): &(PhotoId, &Photo), damage: Option<usize>| {
        if let Some(percent) = damage {
            let place = super::written(issue, *id).into();
            report.push(finding(photo, place, percent));
        }
        Ok::<(), ()>(())
    };
    darkroom.each(&jobs, |_| 0, |(_, photo)| darkroom.damage(photo), take).expect("nothing stops it");
    report
}

fn finding(photo: &Photo, place: Place, percent: usize) -> Diagnostic {
    let name = &photo.name;
    let message = words(
        format!("{name}：JPEG 的图像数据坏了（读到文件的 {percent}% 处发现）"),
        format!("{name}: the JPEG's image data is damaged (seen {percent} % into the file)"),
    );
    Diagnostic::new(Code::PhotoBroken, place, message).hint("换成完好的原片", "replace it with an intact original")
}
