//! Columns by their names.

use super::{Csv, SHOWN};
use crate::kit::knob::Refusal;
use crate::kit::text::Text;

/// What people write behind the name of a column of counts.
const UNITS: [(&[&str], f64); 4] = [
    (&["k", "thousand", "thousands", "千"], 1e3),
    (&["m", "million", "millions", "百万"], 1e6),
    (&["b", "bn", "g", "billion", "billions", "十亿"], 1e9),
    (&["t", "trillion", "trillions", "万亿"], 1e12),
];

impl Csv {
    /// The place of a column. Letters may be small or capital.
    ///
    /// # Errors
    /// No column is called so, or more than one in other letters: the columns that there are, and the nearest.
    pub fn column(&self, name: &str) -> Result<usize, Refusal> {
        let places = |same: fn(&str, &str) -> bool| -> Vec<usize> {
            (0..self.header.len()).filter(|&c| same(&self.header[c], name)).collect()
        };
        let exact = places(|a, b| a == b);
        let found =
            if exact.is_empty() { places(|a, b| a.to_lowercase() == b.to_lowercase()) } else { exact };
        match found[..] {
            [place] => Ok(place),
            [] => Err(self.refused(&self.unknown(name))),
            _ => Err(self.refused(&several(name))),
        }
    }

    /// The place of the column that has the first of these names that is there.
    ///
    /// # Errors
    /// None of them is there: the columns that there are.
    pub fn column_of(&self, names: &[&str]) -> Result<usize, Refusal> {
        let there =
            |name: &&&str| self.header.iter().any(|known| known.to_lowercase() == name.to_lowercase());
        match names.iter().find(there) {
            Some(name) => self.column(name),
            None => {
                let (wanted, there) = (names.join(" / "), self.there());
                Err(self.refused(&Text::new(
                    format!("no column is called {wanted}; the columns are {there}"),
                    format!("没有哪一列叫 {wanted}；现有的列：{there}"),
                )))
            }
        }
    }

    /// As [`Csv::column_of`], also with a unit behind the name, as in `Params (M)`; and what its numbers are to be
    /// multiplied by.
    ///
    /// # Errors
    /// As [`Csv::column_of`].
    pub fn column_in_units(&self, names: &[&str]) -> Result<(usize, f64), Refusal> {
        self.column_of(names).map(|column| (column, 1.0)).or_else(|refusal| {
            let in_units = |column: usize| {
                let (name, unit) = self.header[column].strip_suffix(')')?.rsplit_once('(')?;
                let known = names.iter().any(|known| known.to_lowercase() == name.trim().to_lowercase());
                let unit = unit.trim().to_lowercase();
                let (_, times) = UNITS.iter().find(|(names, _)| names.contains(&unit.as_str()))?;
                known.then_some((column, *times))
            };
            (0..self.header.len()).find_map(in_units).ok_or(refusal)
        })
    }

    /// The names of the columns as a refusal shows them.
    fn there(&self) -> String {
        let names: Vec<&str> =
            self.header.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let mut there = names[..names.len().min(SHOWN)].join(", ");
        if names.len() > SHOWN {
            there.push_str(", …");
        }
        there
    }

    fn unknown(&self, name: &str) -> Text {
        let there = self.there();
        let likeness = |known: &&String| (strsim::jaro_winkler(known, name) * 1e6) as u64;
        let near = self.header.iter().max_by_key(likeness).filter(|known| likeness(known) > 800_000);
        let [en, zh] = match near {
            Some(near) => [format!("; the nearest is {near}"), format!("；最接近的是 {near}")],
            None => [String::new(), String::new()],
        };
        Text::new(
            format!("no column is called {name}{en}; the columns are {there}"),
            format!("没有叫“{name}”的列{zh}；现有的列：{there}"),
        )
    }
}

pub(super) fn several(name: &str) -> Text {
    Text::new(format!("several columns are called {name}"), format!("有好几列都叫“{name}”"))
}
