//! Columns by their names.

use super::{Csv, SHOWN};
use crate::kit::knob::Refusal;
use crate::kit::number::half_width;
use crate::kit::text::Text;

/// What people write behind the name of a column of counts.
const UNITS: [(&[&str], f64); 7] = [
    (&["k", "thousand", "thousands", "千"], 1e3),
    (&["万"], 1e4),
    (&["m", "million", "millions", "百万"], 1e6),
    (&["千万"], 1e7),
    (&["亿"], 1e8),
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
                let (wanted, [there, present]) = (names.join(" / "), self.there());
                Err(self.refused(&Text::new(
                    format!("no column is called {wanted}; the columns are {there}"),
                    format!("没有哪一列叫 {wanted}；现有的列：{present}"),
                )))
            }
        }
    }

    /// As [`Csv::column_of`], also with a unit behind the name, as in `Params (M)`, `params_b` or `参数量（亿）`; and
    /// what its numbers are to be multiplied by.
    ///
    /// # Errors
    /// As [`Csv::column_of`], with the units that are known.
    pub fn column_in_units(&self, names: &[&str]) -> Result<(usize, f64), Refusal> {
        let in_units = |column: usize| {
            let (name, times) = with_unit(&half_width(&self.header[column]).to_lowercase())?;
            names.iter().any(|known| known.to_lowercase() == name).then_some((column, times))
        };
        match self.column_of(names) {
            Ok(column) => Ok((column, 1.0)),
            Err(_) => (0..self.header.len()).find_map(in_units).ok_or_else(|| {
                let (wanted, [there, present]) = (names.join(" / "), self.there());
                self.refused(&Text::new(
                    format!(
                        "no column is called {wanted}; the columns are {there}; behind a name a unit may stand: \
                         (k), (M), (B), (T), (万), (亿) or a number such as (1e21)"
                    ),
                    format!(
                        "没有哪一列叫 {wanted}；现有的列：{present}；列名后面可以带单位：(k)、(M)、(B)、(T)、(万)、(亿)，或 (1e21) 这样的数"
                    ),
                ))
            }),
        }
    }

    /// The names of the columns as a refusal shows them, in English and in Chinese.
    fn there(&self) -> [String; 2] {
        let names: Vec<&str> =
            self.header.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let more = (names.len() > SHOWN).then_some("…");
        let shown: Vec<&str> = names.into_iter().take(SHOWN).chain(more).collect();
        [shown.join(", "), shown.join("、")]
    }

    fn unknown(&self, name: &str) -> Text {
        let [there, present] = self.there();
        let likeness = |known: &&String| (strsim::jaro_winkler(known, name) * 1e6) as u64;
        let near = self.header.iter().max_by_key(likeness).filter(|known| likeness(known) > 800_000);
        let [en, zh] = match near {
            Some(near) => [format!("; the nearest is {near}"), format!("；最接近的是 {near}")],
            None => [String::new(), String::new()],
        };
        Text::new(
            format!("no column is called {name}{en}; the columns are {there}"),
            format!("没有叫“{name}”的列{zh}；现有的列：{present}"),
        )
    }
}

/// A name and the unit behind it: `params (m)`, `params [m]`, `params_m`; the unit may be a number.
fn with_unit(header: &str) -> Option<(String, f64)> {
    let brackets = [('(', ')'), ('[', ']')];
    let inside = brackets.iter().find_map(|&(open, close)| header.strip_suffix(close)?.rsplit_once(open));
    // Of one letter more names are made so: d_k.
    let behind = || header.rsplit_once('_').filter(|(name, _)| name.chars().count() > 1);
    let (name, unit) = inside.or_else(behind)?;
    let unit = unit.trim();
    let known = UNITS.iter().find(|(names, _)| names.contains(&unit)).map(|(_, times)| *times);
    let number =
        || unit.parse().ok().filter(|times: &f64| inside.is_some() && *times > 0.0 && times.is_finite());
    Some((name.trim().to_string(), known.or_else(number)?))
}

pub(super) fn several(name: &str) -> Text {
    Text::new(format!("several columns are called {name}"), format!("有好几列都叫“{name}”"))
}
