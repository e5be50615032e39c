use std::collections::HashMap;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Units {
    /// Words; of Chinese, characters.
    Single,
    /// Two neighbours too: pairs of words, pairs of characters.
    Pairs,
}

/// The units of a text, in order: words in small letters, Chinese characters one by one, with [`Units::Pairs`] also
/// each two that stand side by side. Signs are left out, and no pair reaches across one.
///
/// # Examples
/// ```
/// use concepts::classical::{Units, units};
/// assert_eq!(units("Not good, 3 stars", Units::Single), ["not", "good", "3", "stars"]);
/// assert_eq!(units("Not good!", Units::Pairs), ["not", "good", "not good"]);
/// assert_eq!(units("不好吃。", Units::Pairs), ["不", "好", "不好", "吃", "好吃"]);
/// ```
pub fn units(text: &str, units: Units) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before: Option<(String, bool)> = None;
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if is_word(c) && !is_character(c) {
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            push(&mut found, &mut before, (std::mem::take(&mut word), false), units);
        }
        if is_character(c) {
            push(&mut found, &mut before, (c.to_string(), true), units);
        } else if !c.is_whitespace() {
            before = None;
        }
    }
    found
}

/// Adds a unit, and the pair that it makes with the one before: with a blank between two words.
fn push(found: &mut Vec<String>, before: &mut Option<(String, bool)>, unit: (String, bool), units: Units) {
    found.push(unit.0.clone());
    if units == Units::Pairs {
        if let Some((past, character)) = before.as_ref() {
            let blank = if *character && unit.1 { "" } else { " " };
            found.push(format!("{past}{blank}{}", unit.0));
        }
        *before = Some(unit);
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

/// A character that is a word of its own where no blanks stand: Chinese, kana.
fn is_character(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Numbers for units, in the order in which they first appear.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    numbers: HashMap<String, usize>,
    names: Vec<String>,
}

/// A text as counts: `(number of the unit, how often)`, by rising number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bag(pub Vec<(usize, f64)>);

impl Vocabulary {
    /// How many units there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The unit of a number.
    pub fn name(&self, number: usize) -> &str {
        &self.names[number]
    }

    /// Counts a text, and takes in units that are new.
    pub fn learn(&mut self, units: &[String]) -> Bag {
        for unit in units {
            if !self.numbers.contains_key(unit) {
                self.numbers.insert(unit.clone(), self.names.len());
                self.names.push(unit.clone());
            }
        }
        self.count(units).0
    }

    /// Counts a text, and says how many of its units are unknown.
    ///
    /// ```
    /// use concepts::classical::{Units, Vocabulary, units};
    /// let mut vocabulary = Vocabulary::default();
    /// let of = |text| units(text, Units::Single);
    /// assert_eq!(vocabulary.learn(&of("so so good")).0, [(0, 2.0), (1, 1.0)]);
    /// assert_eq!(vocabulary.count(&of("good bad so")), (concepts::classical::Bag(vec![(0, 1.0), (1, 1.0)]), 1));
    /// ```
    pub fn count(&self, units: &[String]) -> (Bag, usize) {
        let mut numbers: Vec<usize> =
            units.iter().filter_map(|unit| self.numbers.get(unit)).copied().collect();
        let unknown = units.len() - numbers.len();
        numbers.sort_unstable();
        (Bag::of(&numbers), unknown)
    }
}

impl Bag {
    /// Counts numbers that are sorted.
    pub(super) fn of(sorted: &[usize]) -> Bag {
        Bag(sorted.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as f64)).collect())
    }

    /// Those entries that a model of this width knows.
    pub(super) fn within(&self, width: usize) -> impl Iterator<Item = (usize, f64)> + Clone + '_ {
        self.0.iter().copied().take_while(move |&(number, _)| number < width)
    }
}
