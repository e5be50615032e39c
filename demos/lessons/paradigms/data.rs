//! The built-in remarks, or a person's own table.

use std::collections::BTreeMap;
use std::path::Path;

use concepts::classical::{Language, remarks};

use super::{WORDS, knobs};
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::{Refusal, Values};
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;

/// Bytes of a file at most: 50 000 rows of a few hundred characters.
pub(crate) const MOST_BYTES: u64 = 32 << 20;
/// Different labels at most: a column with more holds something else.
const MOST_LABELS: usize = 50;
/// Names that the columns may have.
const TEXTS: [&str; 3] = ["text", "文本", "内容"];
const LABELS: [&str; 3] = ["label", "标签", "类别"];

/// Texts with labels.
pub(crate) struct Data {
    pub texts: Vec<String>,
    /// Numbers of names.
    pub labels: Vec<usize>,
    pub names: Vec<Text>,
    /// Is it the person's?
    pub own: bool,
    /// Rows without a text or without a label.
    pub empty: usize,
    /// Columns that nothing reads.
    pub unused: Vec<Text>,
    /// Labels that only one row has.
    pub single: Vec<Text>,
    /// Texts that stand there more than once.
    pub repeated: Repeated,
}

/// Equal texts: one may be an example while another is in the test.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Repeated {
    /// Different texts that have more than one row.
    pub texts: usize,
    /// Rows that they have.
    pub rows: usize,
    /// Those of them with more than one label.
    pub contradicted: usize,
}

impl Repeated {
    fn of(texts: &[String], labels: &[usize]) -> Repeated {
        let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (text, label) in texts.iter().zip(labels) {
            rows.entry(text).or_default().push(*label);
        }
        let several: Vec<&Vec<usize>> = rows.values().filter(|labels| labels.len() > 1).collect();
        let differ = |labels: &&&Vec<usize>| labels.iter().any(|label| *label != labels[0]);
        Repeated {
            texts: several.len(),
            rows: several.iter().map(|labels| labels.len()).sum(),
            contradicted: several.iter().filter(differ).count(),
        }
    }
}

/// What the knobs name.
pub(crate) fn data(values: &Values) -> Result<Data, Refusal> {
    let column = |knob: &'static crate::kit::knob::Sentence| knob.of(values).filter(|name| !name.is_empty());
    let (text, label) = (column(&knobs::TEXT_COLUMN), column(&knobs::LABEL));
    match knobs::CSV.of(values) {
        Some(_) if values.given(&knobs::DATA) => Err(Refusal(WORDS.get("refused.both"))),
        Some(path) => own(path, text, label),
        None if text.is_some() || label.is_some() => Err(Refusal(WORDS.get("refused.columns"))),
        None => Ok(built_in(knobs::DATA.of(values))),
    }
}

pub(crate) fn built_in(language: Language) -> Data {
    let rows = remarks(language);
    let place = |label: &str| usize::from(label == "negative");
    Data {
        labels: rows.iter().map(|row| place(row.label)).collect(),
        texts: rows.iter().map(|row| row.text.to_owned()).collect(),
        names: vec![WORDS.get("labels.positive"), WORDS.get("labels.negative")],
        own: false,
        empty: 0,
        unused: Vec::new(),
        single: Vec::new(),
        repeated: Repeated::default(),
    }
}

fn own(path: &Path, text: Option<&str>, label: Option<&str>) -> Result<Data, Refusal> {
    let (what, because) = (WORDS.get("refused.wanted"), WORDS.get("refused.because"));
    let csv = Csv::read(path, &Wanted { flag: "csv", what, most: MOST_BYTES, because })?;
    let text = find(&csv, text, &TEXTS, "refused.which-text")?;
    let label = find(&csv, label, &LABELS, "refused.which-label")?;
    if text == label {
        return Err(csv.refused(&WORDS.get("refused.same-column")));
    }
    let (mut texts, mut labels, mut names, mut empty) = (Vec::new(), Vec::new(), Vec::<String>::new(), 0);
    for ((_, said), (line, named)) in csv.cells(text).zip(csv.cells(label)) {
        if said.is_empty() || named.is_empty() {
            empty += 1;
            continue;
        }
        let known = names.iter().position(|known| known == named);
        labels.push(known.unwrap_or(names.len()));
        if known.is_none() {
            names.push(named.to_owned());
            if names.len() > MOST_LABELS {
                let why = WORDS.with("refused.many-labels", &named![most = MOST_LABELS]);
                return Err(csv.refused_at(line, label, &why));
            }
        }
        texts.push(said.to_owned());
    }
    if names.len() < 2 {
        let only = names.first().map_or_else(String::new, |only| name(only));
        let id = match () {
            () if names.is_empty() => "refused.no-rows",
            () if empty == 0 => "refused.one-label",
            () => "refused.one-label-left",
        };
        return Err(csv.refused(&WORDS.with(id, &named![only, empty])));
    }
    if texts.len() <= names.len() {
        let why = WORDS.with("refused.rows", &named![rows = texts.len(), labels = names.len()]);
        return Err(csv.refused(&why));
    }
    let names: Vec<Text> = names.iter().map(|label| Text::same(name(label))).collect();
    let alone = |&label: &usize| labels.iter().filter(|&&other| other == label).count() == 1;
    Ok(Data {
        unused: csv.spare(&[text, label]),
        repeated: Repeated::of(&texts, &labels),
        single: (0..names.len()).filter(alone).map(|label| names[label].clone()).collect(),
        texts,
        labels,
        names,
        own: true,
        empty,
    })
}

/// The column that was named, or the first that has a usual name.
fn find(csv: &Csv, given: Option<&str>, usual: &[&str], which: &str) -> Result<usize, Refusal> {
    match given {
        Some(given) => csv.column(given),
        None => csv.column_of(usual).map_err(|_| {
            let columns: Vec<String> = csv.header().iter().take(20).map(|column| name(column)).collect();
            let columns = Text::new(columns.join(", "), columns.join("、"));
            csv.refused(&WORDS.with(which, &named![columns]))
        }),
    }
}
