//! A person's own: a matrix of similarities, or embeddings of images and of texts.

use std::path::Path;

use concepts::contrastive::{ContrastiveError, Gap, Recall, Side, gap, losses_by_row, recall, unit_rows};
use concepts::numerics::golden_section;
use ndarray::{Array2, ArrayView2};

use super::{WORDS, knobs};
use crate::errors::At;
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::{Refusal, Values};
use crate::kit::text::Text;
use crate::named;

/// A file is not read beyond this.
const MOST_BYTES: u64 = 64 << 20;
/// Pairs at most: each is compared with every other one.
const MOST_PAIRS: usize = 1000;
/// Temperatures among which the best is looked for.
pub(crate) const TEMPERATURES: [f64; 2] = [1e-3, 1e2];

/// By how much rounding can make a cosine larger than 1.
pub(crate) const ROUNDING: f64 = 1e-6;

/// What was read, and what it is worth.
pub(crate) struct Own {
    /// Similarities of every image (a row) and every text (a column).
    pub similarities: Array2<f64>,
    /// Names of the images and of the texts, where a file has them.
    pub names: [Vec<String>; 2],
    /// Images among texts, texts among images.
    pub losses: [f64; 2],
    /// The temperature at which the loss of both is lowest, or the end towards which it falls; and that loss.
    pub best: (f64, f64),
    pub recall: Recall,
    /// Only embeddings have one.
    pub gap: Option<Gap>,
    /// Said where a first column counted the rows and was left out.
    pub counted: Option<Text>,
    /// Is a similarity no cosine?
    pub beyond: bool,
}

/// Reads what the flags name. Nothing if none was given.
pub(crate) fn read(values: &Values, temperature: f64) -> Result<Option<Own>, Refusal> {
    let files = [&knobs::SIMILARITIES, &knobs::IMAGES, &knobs::TEXTS].map(|knob| knob.of(values));
    match files {
        [None, None, None] => Ok(None),
        [Some(path), None, None] => {
            let Read { numbers: similarities, names, columns: texts, counted } =
                numbers(path, "similarities")?;
            let (rows, columns) = similarities.dim();
            if rows != columns {
                let file = path.display().to_string();
                return Err(Refusal(WORDS.with("refused.square", &named![file, rows, columns])));
            }
            let place = format!("--similarities {}", path.display());
            let own = judged(similarities, [names, texts], None, temperature).at(place)?;
            Ok(Some(Own { counted, ..own }))
        }
        [None, Some(images), Some(texts)] => embeddings(images, texts, temperature),
        [Some(_), ..] => Err(Refusal(WORDS.get("refused.both"))),
        _ => Err(Refusal(WORDS.get("refused.half"))),
    }
}

fn embeddings(images: &Path, texts: &Path, temperature: f64) -> Result<Option<Own>, Refusal> {
    let (of_images, of_texts) = (numbers(images, "image-embeddings")?, numbers(texts, "text-embeddings")?);
    let (x, y, names) = (of_images.numbers, of_texts.numbers, [of_images.names, of_texts.names]);
    let counted = of_images.counted.or(of_texts.counted);
    if x.nrows() != y.nrows() {
        let (count, other) = (x.nrows(), y.nrows());
        let (images, texts) = (images.display().to_string(), texts.display().to_string());
        return Err(Refusal(WORDS.with("refused.unpaired", &named![images, texts, count, other])));
    }
    let place = format!("--text-embeddings {}", texts.display());
    let unit_y = unit_rows(y.view(), Side::Texts).at(&place)?;
    let unit_x = unit_rows(x.view(), Side::Images).at(format!("--image-embeddings {}", images.display()))?;
    let apart = gap(x.view(), y.view()).at(&place)?;
    let own = judged(unit_x.dot(&unit_y.t()), names, Some(apart), temperature).at(place)?;
    Ok(Some(Own { counted, ..own }))
}

/// A file's numbers, the first column if it has words, and the names of the other columns.
struct Read {
    numbers: Array2<f64>,
    names: Vec<String>,
    columns: Vec<String>,
    counted: Option<Text>,
}

fn numbers(path: &Path, flag: &'static str) -> Result<Read, Refusal> {
    let (what, because) = (WORDS.get("refused.file"), WORDS.get("refused.large"));
    let csv = Csv::read_matrix(path, &Wanted { flag, what, most: MOST_BYTES, because })?;
    if csv.len() > MOST_PAIRS {
        let (rows, most) = (csv.len(), MOST_PAIRS);
        return Err(csv.refused(&WORDS.with("refused.many", &named![rows, most])));
    }
    let named = csv.is_words(0) && csv.cells(0).all(|(_, cell)| !cell.is_empty());
    let first = usize::from(named && csv.header().len() > 1);
    let columns: Vec<Vec<f64>> =
        (first..csv.header().len()).map(|c| csv.numbers(c)).collect::<Result<_, _>>()?;
    let numbers = Array2::from_shape_fn((csv.len(), columns.len()), |(i, j)| columns[j][i]);
    if flag != "similarities" {
        let all_zero = |i: &usize| numbers.row(*i).iter().all(|x| *x == 0.0);
        if let Some(i) = (0..csv.len()).find(all_zero) {
            let line = csv.cells(0).nth(i).map_or(0, |(line, _)| line);
            return Err(csv.refused(&WORDS.with("refused.zero", &named![line])));
        }
    }
    let names = if first == 1 { csv.texts(0).into_iter().map(str::to_owned).collect() } else { Vec::new() };
    // Columns that are only counted have no names; the page counts from 1.
    let columns = if csv.header_counts() { Vec::new() } else { csv.header()[first..].to_vec() };
    Ok(Read { numbers, names, columns, counted: csv.counted() })
}

/// InfoNCE at a temperature: images among texts, texts among images.
fn losses_at(similarities: &Array2<f64>, tau: f64) -> Result<[f64; 2], ContrastiveError> {
    let logits = similarities.mapv(|s| s / tau);
    let mean = |logits: ArrayView2<f64>| -> Result<f64, ContrastiveError> {
        let losses = losses_by_row(logits).map_err(|error| match error {
            // The numbers of the file are finite; divided by the temperature they no longer are.
            ContrastiveError::NotFinite { .. } => ContrastiveError::Overflow,
            other => other,
        })?;
        Ok(losses.iter().sum::<f64>() / losses.len() as f64)
    };
    Ok([mean(logits.view())?, mean(logits.t())?])
}

fn judged(
    similarities: Array2<f64>,
    names: [Vec<String>; 2],
    gap: Option<Gap>,
    temperature: f64,
) -> Result<Own, ContrastiveError> {
    let losses = losses_at(&similarities, temperature)?;
    // The loss is convex in 1/τ, so there is one valley.
    let both = |[rows, columns]: [f64; 2]| f64::midpoint(rows, columns);
    let at = |scale: f64| losses_at(&similarities, scale.recip()).map_or(f64::INFINITY, both);
    let [low, high] = TEMPERATURES.map(f64::recip);
    let scale = golden_section(at, high, low);
    let best = [scale, low, high].map(|scale| (scale.recip(), at(scale)));
    let best = best.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((temperature, both(losses)));
    let beyond = similarities.iter().any(|s| s.abs() > 1.0 + ROUNDING);
    let recall = recall(similarities.view())?;
    Ok(Own { similarities, names, losses, best, recall, gap, counted: None, beyond })
}
