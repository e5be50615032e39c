//! The text that is learned from: the embedded one, or a person's own file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use concepts::corpus::split;

use super::WORDS;
use super::experiments::prose::{beginning, chinese, english};
use super::knobs::{COMPARE, CORPUS};
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;

/// A larger file is not read: training would take more memory than a laptop can spare.
const MOST_BYTES: u64 = 256 << 20;
/// Memory that training takes for each byte of text, about: the text, its words, and their pairs. Ten
/// megabytes of documentation took 38, of which a tenth were random letters 70.
const MEMORY_A_BYTE: u64 = 5;
/// Words of more bytes count as endless: a text without blanks is one.
const ENDLESS: usize = 10_000;
/// Memory for each byte of an endless word, about: nothing is there twice, so every symbol is held with its
/// neighbours. Ten megabytes of one word took 480.
const MEMORY_A_BYTE_ENDLESS: u64 = 45;
/// The most memory that training may take for endless words.
const MOST_MEMORY: u64 = 1 << 30;
/// Shorter texts are not divided: what would be held out is too little to measure anything on.
const LEAST_TO_DIVIDE: usize = 2000;

/// The text that is learned from, and the text that is measured on.
#[derive(Debug, Clone)]
pub(crate) struct Corpus {
    pub name: Text,
    pub training: Cow<'static, str>,
    /// Text that training does not see; of a short text, the same again.
    pub held_out: Cow<'static, str>,
    /// The file is too short to hold anything out.
    pub undivided: bool,
    /// Bytes at the end of the file that begin a character and do not end it.
    pub cut: usize,
}

impl Corpus {
    /// The embedded texts in both languages.
    pub(crate) fn embedded() -> Corpus {
        Corpus {
            name: WORDS.get("corpus"),
            training: [english().0, chinese().0].concat().into(),
            held_out: [english().1, chinese().1].concat().into(),
            undivided: false,
            cut: 0,
        }
    }

    /// A person's own file.
    ///
    /// # Errors
    /// [`Refusal`] of a file that is no text, too large, or blank.
    pub(crate) fn read(path: &Path) -> Result<Corpus, Refusal> {
        let (bytes, cut) = whole(files::read(path, &wanted())?);
        let text = files::as_text(bytes, path, &wanted())?;
        let file = name(&path.display().to_string());
        if text.trim().is_empty() {
            return Err(Refusal(WORDS.with("refused.blank", &named![file, bytes = text.len() + cut])));
        }
        refuse_endless(&file, &text)?;
        Ok(Corpus { cut, ..Corpus::divided(Text::same(file), text) })
    }

    fn divided(name: Text, mut training: String) -> Corpus {
        if training.len() < LEAST_TO_DIVIDE {
            return Corpus {
                name,
                held_out: training.clone().into(),
                training: training.into(),
                undivided: true,
                cut: 0,
            };
        }
        let held_out = training.split_off(place_to_cut(&training));
        Corpus { name, training: training.into(), held_out: held_out.into(), undivided: false, cut: 0 }
    }
}

/// Refuses endless words that training would not have the memory for.
fn refuse_endless(file: &str, text: &str) -> Result<(), Refusal> {
    let endless =
        text.split_whitespace().map(str::len).filter(|&bytes| bytes > ENDLESS).sum::<usize>() as u64;
    let memory = endless * MEMORY_A_BYTE_ENDLESS;
    if memory <= MOST_MEMORY {
        return Ok(());
    }
    let (mib, longer, gib) = (endless >> 20, ENDLESS, memory as f64 / (1u64 << 30) as f64);
    Err(Refusal(WORDS.with("refused.endless", &named![file, mib, longer, gib])))
}

fn wanted() -> Wanted {
    let memory = (MOST_BYTES * MEMORY_A_BYTE) as f64 / (1u64 << 30) as f64;
    Wanted {
        flag: "corpus",
        what: WORDS.get("refused.corpus"),
        most: MOST_BYTES,
        because: WORDS.with("refused.memory", &named![memory]),
    }
}

/// Without the beginning of a character at the end, and how many bytes that was: `head -c` cuts where it falls.
fn whole(mut bytes: Vec<u8>) -> (Vec<u8>, usize) {
    let all = bytes.len();
    if let Err(error) = str::from_utf8(&bytes)
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
    let cut = all - bytes.len();
    (bytes, cut)
}

/// Where the last tenth begins: after a blank line, a line, or a character, whichever there is.
fn place_to_cut(text: &str) -> usize {
    let cut = split(text).0.len();
    if cut < text.len() && cut >= text.len() / 2 {
        return cut;
    }
    let target = text.len() / 10 * 9;
    let line = text.as_bytes()[..target].iter().rposition(|&byte| byte == b'\n').map(|at| at + 1);
    line.filter(|&at| at >= target / 2).unwrap_or_else(|| beginning(text, target).len())
}

/// Bytes from which a run takes long enough for a line to be read.
const LONG: u64 = 1_000_000;
/// Seconds for a megabyte, about: 200 of them take 17, most of it for measuring.
const A_MEGABYTE: f64 = 0.086;
/// More for a megabyte of words that are there once, which are encoded one by one: blocks of 20 digits take 2 seconds.
const A_MEGABYTE_ONCE: f64 = 2.0;
/// And of endless words, whose pairs are all held at once: digits take 13 to 24, the more the longer the word.
const A_MEGABYTE_ENDLESS: f64 = 16.0;
/// So much of a file shows what words it has.
const LOOKED_AT: u64 = 4_000_000;

/// What to say while a long text is learned from and measured on.
pub(crate) fn waiting(setting: &Setting) -> Option<Text> {
    let path = CORPUS.of(&setting.values)?;
    let there = std::fs::metadata(path).ok().filter(|there| there.is_file() && there.len() >= LONG)?;
    let mut begun = Vec::new();
    File::open(path).ok()?.take(LOOKED_AT).read_to_end(&mut begun).ok()?;
    let mb = there.len() as f64 / 1e6;
    // Compared are three algorithms.
    let times = if COMPARE.of(&setting.values) { 3.0 } else { 1.0 };
    let seconds = (mb * a_megabyte(&String::from_utf8_lossy(&begun)) * times).max(1.0);
    Some(WORDS.with("timing.waiting", &named![mb, seconds]))
}

/// Seconds for a megabyte of text like this one, about.
fn a_megabyte(text: &str) -> f64 {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for word in text.split(|sign: char| !sign.is_alphanumeric()) {
        *seen.entry(word).or_default() += 1;
    }
    let once = seen.into_iter().filter(|(_, times)| *times == 1);
    let [mut short, mut endless] = [0, 0];
    once.for_each(|(word, _)| *(if word.len() > ENDLESS { &mut endless } else { &mut short }) += word.len());
    let share = |bytes: usize| bytes as f64 / text.len().max(1) as f64;
    A_MEGABYTE + A_MEGABYTE_ONCE * share(short) + A_MEGABYTE_ENDLESS * share(endless)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word that comes again is encoded once; one that does not, each time; an endless one takes longest.
    #[test]
    fn what_a_text_takes_follows_from_its_words() {
        let number = |n: usize| format!("{:020}", n * n);
        let blocks = |between: &str| (0..5000).map(number).collect::<Vec<_>>().join(between);
        let [again, once, endless] =
            ["the cat sat on the mat. ".repeat(5000), blocks(" "), blocks("")].map(|text| a_megabyte(&text));
        assert!((A_MEGABYTE..1.5 * A_MEGABYTE).contains(&again), "{again}");
        assert!(once > 10.0 * again && endless > 5.0 * once, "{once} {endless}");
    }
}
