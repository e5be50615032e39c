use std::collections::BTreeMap;

use super::words::Part;
use super::{ClassicalError, Decoded, HiddenMarkov};

/// A sentence with a tag for each word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggedSentence {
    /// The words, in small letters.
    pub words: Vec<String>,
    /// A tag for each.
    pub tags: Vec<String>,
}

/// Words and tags around a [`HiddenMarkov`] model. One more symbol stands for every word that was not
/// counted. Words that were counted once tell what such a word is: each counts once more for that symbol.
///
/// # Reference
/// Jurafsky & Martin, *Speech and Language Processing*, on unknown words in tagging: what is seen once is most like
/// what is never seen.
///
/// # Examples
/// ```
/// use concepts::classical::{Language, Tagger, tagged};
/// let tagger = Tagger::learn(&tagged(Language::English), 0.1)?;
/// let of = |text: &str| tagger.tags(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
/// assert_eq!(of("they fish in cold water")?, ["PRON", "VERB", "ADP", "ADJ", "NOUN"]);
/// assert_eq!(of("the fish swims")?, ["DET", "NOUN", "VERB"]); // the same word, another tag
/// # Ok::<(), concepts::classical::ClassicalError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Tagger {
    model: HiddenMarkov,
    /// By first appearance.
    tags: Vec<String>,
    words: BTreeMap<String, usize>,
}

impl Tagger {
    /// Counts what follows what and which tag says which word, with `smoothing` added to every count.
    ///
    /// # Errors
    /// [`ClassicalError`] without words, or if the smoothing is not above 0.
    pub fn learn(sentences: &[TaggedSentence], smoothing: f64) -> Result<Tagger, ClassicalError> {
        let mut tags: Vec<String> = Vec::new();
        let mut words = BTreeMap::new();
        let mut sequences: Vec<(Vec<usize>, Vec<usize>)> = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let path = sentence.tags.iter().map(|tag| {
                tags.iter().position(|known| known == tag).unwrap_or_else(|| {
                    tags.push(tag.clone());
                    tags.len() - 1
                })
            });
            let path: Vec<usize> = path.collect();
            let said = sentence.words.iter().map(|word| {
                let next = words.len();
                *words.entry(word.clone()).or_insert(next)
            });
            sequences.push((said.collect(), path));
        }
        if words.is_empty() {
            return Err(ClassicalError::None { what: Part::Words });
        }
        let unknown = words.len();
        let mut times = vec![0_usize; unknown];
        sequences.iter().flat_map(|(said, _)| said).for_each(|&word| times[word] += 1);
        let all = sequences.iter().flat_map(|(said, path)| said.iter().zip(path));
        let once: Vec<(usize, usize)> =
            all.filter(|(word, _)| times[**word] == 1).map(|(_, &tag)| (tag, unknown)).collect();
        let model = HiddenMarkov::count_also(&sequences, (tags.len(), unknown + 1), smoothing, &once)?;
        Ok(Tagger { model, tags, words })
    }

    /// The model inside.
    pub fn model(&self) -> &HiddenMarkov {
        &self.model
    }

    /// The names of the tags.
    pub fn names(&self) -> &[String] {
        &self.tags
    }

    /// Was this word counted?
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// The number of each word; what was not counted has the last one.
    pub fn symbols(&self, words: &[String]) -> Vec<usize> {
        words.iter().map(|word| self.words.get(word).copied().unwrap_or(self.words.len())).collect()
    }

    /// The best path for these words.
    ///
    /// # Errors
    /// [`ClassicalError`] without words.
    pub fn decode(&self, words: &[String]) -> Result<Decoded, ClassicalError> {
        self.model.viterbi(&self.symbols(words))
    }

    /// The names of the tags of the best path.
    ///
    /// # Errors
    /// [`ClassicalError`] without words.
    pub fn tags(&self, words: &[String]) -> Result<Vec<&str>, ClassicalError> {
        Ok(self.decode(words)?.tags.iter().map(|&tag| self.tags[tag].as_str()).collect())
    }
}

/// Words, and signs one by one, in small letters: for languages with blanks between words.
///
/// ```
/// use concepts::classical::tokens;
/// assert_eq!(tokens("We don't know, Anna."), ["we", "don't", "know", ",", "anna", "."]);
/// ```
pub fn tokens(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut inside = false;
    for c in text.chars() {
        let letter = c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
        match (letter, inside) {
            (true, true) => {
                if let Some(word) = found.last_mut() {
                    word.extend(c.to_lowercase());
                }
            }
            (true, false) => found.push(c.to_lowercase().collect()),
            (false, _) if c.is_whitespace() || c.is_control() => {}
            (false, _) => found.push(c.to_string()),
        }
        inside = letter;
    }
    found
}

/// A text without blanks cut into words: at each place the longest known one, else a single character. A run of
/// Latin letters or digits stays whole.
///
/// ```
/// use concepts::classical::segment;
/// let known = |word: &str| ["喜欢", "电影"].contains(&word);
/// assert_eq!(segment("我喜欢3D电影。", known), ["我", "喜欢", "3d", "电影", "。"]);
/// ```
pub fn segment(text: &str, known: impl Fn(&str) -> bool) -> Vec<String> {
    /// Characters of a word at most.
    const LONGEST: usize = 6;
    let mut found: Vec<String> = Vec::new();
    for piece in tokens(text) {
        if piece.is_ascii() {
            found.push(piece);
            continue;
        }
        let letters: Vec<char> = piece.chars().collect();
        let mut place = 0;
        while place < letters.len() {
            let run = letters[place..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
            let fits = |&n: &usize| known(&letters[place..place + n].iter().collect::<String>());
            let most = LONGEST.min(letters.len() - place);
            let length = if run > 0 { run } else { (2..=most).rev().find(fits).unwrap_or(1) };
            found.push(letters[place..place + length].iter().collect());
            place += length;
        }
    }
    found
}
