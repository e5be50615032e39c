//! One bar a category.

use super::frame::{BORDER, Frame, LINE, SIZE, paragraph, tick_room, wide, wrapped, y_name};
use super::paper::{FAINT, HEIGHT, INK, Paper, Side, WIDTH};
use crate::kit::figure::{Axis, Scale};
use crate::kit::number::plain;
use crate::kit::text::{Lang, Text};
use crate::render::ruler::Ruler;
use crate::render::screen::{SERIES, shorten};

/// Widest bar.
const WIDEST: i32 = 84;
/// Longest label that runs upwards, in columns.
const LONGEST: usize = 22;

/// Draws the bars below the row `top`.
pub(super) fn draw(paper: &Paper, top: i32, lang: Lang, axis: &Axis, bars: &[(Text, f64)]) {
    let ruler = ruler(axis.scale, bars);
    let left = BORDER + tick_room(&ruler);
    let slot = (WIDTH - BORDER - left) / bars.len().max(1) as i32;
    let labels: Vec<&str> = bars.iter().map(|bar| bar.0.get(lang)).collect();
    let feet = Feet::of(&labels, slot);
    let narrow = bars.iter().any(|bar| wide(&plain(bar.1), SIZE) > slot);
    let top = y_name(paper, top, axis.label.get(lang)) + if narrow { 56 } else { 16 }; // for the highest value
    let frame = Frame { left, top, right: WIDTH - BORDER, bottom: HEIGHT - feet.height };
    frame.rows(paper, &ruler);
    let base = frame.y(ruler.place_or_end(0.0));
    for (i, bar) in bars.iter().enumerate() {
        let centre = left + slot * i as i32 + slot / 2;
        draw_bar(paper, &frame, (centre, base), slot, bar.1, &ruler);
        if feet.upwards {
            paper.text((centre, frame.bottom + 7), Side::UpTo, SIZE, INK, &feet.labels[i][0]);
        } else {
            paragraph(paper, (centre, frame.bottom + 15), Side::Middle, INK, &feet.labels[i]);
        }
    }
    paper.path(&[(frame.left, frame.top), (frame.left, frame.bottom)], FAINT, 1);
    paper.path(&[(frame.left, base), (frame.right, base)], FAINT, 1);
}

/// The labels below the bars.
struct Feet {
    /// The lines of each label.
    labels: Vec<Vec<String>>,
    /// They run upwards where they would not fit side by side.
    upwards: bool,
    height: i32,
}

impl Feet {
    fn of(labels: &[&str], slot: i32) -> Feet {
        let wrap = |label: &&str| wrapped(label, slot - 6, SIZE);
        let lines: Vec<Vec<String>> = labels.iter().map(wrap).collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or(1);
        let words = labels.iter().flat_map(|label| label.split_whitespace());
        let words_fit = words.filter(|word| word.is_ascii()).all(|word| wide(word, SIZE) <= slot);
        if most <= 3 && words_fit {
            return Feet { labels: lines, upwards: false, height: LINE * most as i32 + 16 };
        }
        let short: Vec<String> = labels.iter().map(|label| shorten(label, LONGEST)).collect();
        let longest = short.iter().map(|label| wide(label, SIZE)).max().unwrap_or(0);
        Feet { labels: short.into_iter().map(|s| vec![s]).collect(), upwards: true, height: longest + 16 }
    }
}

/// Bars stand on zero; on a logarithmic axis, on the foot of the plot, below the smallest of them.
fn ruler(scale: Scale, bars: &[(Text, f64)]) -> Ruler {
    let values: Vec<f64> = bars.iter().map(|bar| bar.1).collect();
    let usable = |above: f64| values.iter().copied().filter(move |v| v.is_finite() && *v > above);
    let foot = match scale {
        Scale::Log => usable(0.0).fold(f64::INFINITY, f64::min) / 2.0,
        Scale::Linear => {
            let (low, high) =
                usable(f64::NEG_INFINITY).fold((0.0, 0.0), |(l, h): (f64, f64), v| (l.min(v), h.max(v)));
            low - if low < 0.0 { 0.06 * (high - low) } else { 0.0 } // room for the value below a bar
        }
    };
    let values: Vec<f64> = values.into_iter().chain([foot, foot.max(0.0)]).collect();
    Ruler::over(scale, &values, &[], 7)
}

fn draw_bar(paper: &Paper, frame: &Frame, (centre, base): (i32, i32), slot: i32, value: f64, ruler: &Ruler) {
    let end = ruler.place(value).map_or(base, |place| frame.y(place));
    let half = (slot * 7 / 20).clamp(1, WIDEST / 2);
    paper.rect((centre - half, end), (centre + half, base), SERIES[0]);
    let text = plain(value);
    let below = end > base;
    match wide(&text, SIZE) <= slot {
        true => paper.text((centre, end + if below { 10 } else { -9 }), Side::Middle, SIZE, INK, &text),
        false if below => paper.text((centre, end + 4), Side::UpTo, 11, INK, &text),
        false => paper.text((centre, end - 4), Side::UpFrom, 11, INK, &text),
    }
}
