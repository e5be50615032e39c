//! One horizontal bar a category.

use super::{axis_name, width};
use crate::kit::figure::{Axis, Scale};
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::render::screen::{Role, SERIES, Screen, columns, pad_left, pad_right, shorten};

/// Eighths of a character, from the left.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// The figure as lines of text.
pub(super) fn draw(screen: &Screen, axis: &Axis, bars: &[(Text, f64)]) -> Vec<String> {
    let labels: Vec<String> =
        bars.iter().map(|bar| shorten(screen.say(&bar.0), width(screen) * 2 / 5)).collect();
    let values: Vec<String> = bars.iter().map(|bar| plain(bar.1)).collect();
    let longest = |texts: &[String]| texts.iter().map(|t| columns(t)).max().unwrap_or(0);
    let room = width(screen).saturating_sub(longest(&labels) + longest(&values) + 3).max(4);
    let (lengths, foot) = lengths(axis.scale, bars);
    // Bars to the left of zero share the room with those to the right.
    let (most, least) = lengths.iter().fold((0.0, 0.0), |(m, l): (f64, f64), &x| (m.max(x), l.min(x)));
    let unit = room as f64 / (most - least).max(1e-9);
    let left = (-least * unit).round() as usize;
    let mut out = axis_name(screen, screen.say(&axis.label));
    for ((label, value), length) in labels.iter().zip(&values).zip(&lengths) {
        let before = pad_left(&leftwards(-length * unit), left);
        let after = rightwards(length * unit);
        let tint = |bar: &str| screen.tint(SERIES[0], bar);
        let zero = screen.paint(Role::Quiet, "│");
        let value = if *length < 0.0 { format!(" {value}") } else { format!("{} {value}", tint(&after)) };
        out.push(format!("{} {}{zero}{value}", pad_right(label, longest(&labels)), tint(&before)));
    }
    out.extend(foot.map(|foot| {
        let remark = screen.pick("logarithmic: bars begin at", "对数刻度：条形起点为");
        screen.paint(Role::Quiet, &shorten(&format!("{remark} {foot:e}"), screen.width))
    }));
    out
}

/// Lengths as signed shares of the longest bar, and where the bars of a logarithmic axis begin.
fn lengths(scale: Scale, bars: &[(Text, f64)]) -> (Vec<f64>, Option<f64>) {
    let usable = || bars.iter().map(|bar| bar.1).filter(|v| v.is_finite());
    let share = |length: f64, longest: f64| match length / longest {
        share if share.is_finite() => share,
        _ => 0.0,
    };
    if scale == Scale::Linear {
        let longest = usable().fold(0.0, |m: f64, v| m.max(v.abs()));
        return (bars.iter().map(|bar| share(bar.1, longest)).collect(), None);
    }
    let positive = || usable().filter(|v| *v > 0.0);
    let (least, most) = (positive().fold(f64::INFINITY, f64::min), positive().fold(0.0, f64::max));
    if least > most {
        return (vec![0.0; bars.len()], None);
    }
    let foot = 10f64.powf((least / 2.0).log10().floor()).max(f64::MIN_POSITIVE);
    let decades = |value: f64| (value.log10() - foot.log10()).max(0.0);
    let length = |value: f64| if value > 0.0 { share(decades(value), decades(most)) } else { 0.0 };
    (bars.iter().map(|bar| length(bar.1)).collect(), Some(foot))
}

/// A bar to the right, of so many characters; whatever is not nothing shows at least a sliver.
fn rightwards(length: f64) -> String {
    let eighths = (length.max(0.0) * 8.0 + 1e-6).round() as usize;
    let eighths = if length > 0.0 { eighths.max(1) } else { 0 };
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// A bar to the left; there are only whole and half characters for it.
fn leftwards(length: f64) -> String {
    let halves = (length.max(0.0) * 2.0 + 1e-6).floor() as usize;
    let halves = if length > 0.0 { halves.max(1) } else { 0 };
    "▐".repeat(halves % 2) + &"█".repeat(halves / 2)
}
