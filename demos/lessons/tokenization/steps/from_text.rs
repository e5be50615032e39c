//! The person's own text, and what three ways of cutting make of a text held out.

use std::collections::HashSet;
use std::ops::Range;

use concepts::tokenizer::{Encoding, Model};

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::tokenization::WORDS;
use crate::lessons::tokenization::dictionary;
use crate::lessons::tokenization::experiments::held_out::{cut, measured};
use crate::lessons::tokenization::setup::Setup;
use crate::lessons::tokenization::steps::shown_tokens::{beginning, one_line, shown};
use crate::real::bytes_of_tokens;
use crate::{named, row};

/// Tokens that are shown one a row.
const SHOWN: usize = 24;

pub(crate) fn text_to_ids(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let encoding = setup.encoding()?;
    f.words("text", Text::same(one_line(&setup.text)));
    f.words("origin", setup.origin());
    f.number("text_tokens", encoding.ids.len() as f64);
    f.table("chain", chain(setup, &encoding));
    let more = encoding.ids.len().saturating_sub(SHOWN);
    f.note("note_more", (more > 0).then(|| WORDS.with("note_more", &named![more])));
    f.note("note_lost", lost(setup, &encoding));
    f.note("note_unread", unread(setup, &encoding));
    Ok(())
}

/// Characters that are named at most.
const NAMED: usize = 6;

/// Characters of the text that the training text has not, where this tokenizer has no bytes to write them with.
fn unread(setup: &Setup, encoding: &Encoding) -> Option<Text> {
    let unknown = match setup.tokenizer.model() {
        Model::Bpe(_, rules) => rules.unknown,
        Model::WordPiece(model) => Some(model.unknown()),
        Model::Unigram(model) => model.unknown(),
        Model::WordLevel(_) => None,
    };
    if setup.loaded.is_some() {
        return None;
    }
    let read: HashSet<char> = setup.corpus.training.chars().collect();
    let tokens = encoding.ids.iter().zip(&encoding.offsets).filter(|(id, _)| Some(**id) == unknown);
    let parts = tokens.filter_map(|(_, bytes)| setup.text.get(bytes.clone()));
    let mut unread: Vec<char> = Vec::new();
    // A blank could not be seen among the others. Tabs and ends of lines have signs.
    let shown = |c: &char| !c.is_whitespace() || c.is_control();
    for c in parts.flat_map(str::chars).filter(|c| shown(c) && !read.contains(c)) {
        if !unread.contains(&c) {
            unread.push(c);
        }
    }
    let more = unread.len().saturating_sub(NAMED);
    unread.truncate(NAMED);
    let characters = unread.iter().map(|c| one_line(&c.to_string())).collect::<Vec<_>>().join(" ");
    let id = match (unread.len(), more) {
        (0, _) => return None,
        (_, 0) => "note_unread",
        _ => "note_unread.more",
    };
    Some(WORDS.with(id, &named![characters, more]))
}

/// What decoding gives where it is not the text.
fn lost(setup: &Setup, encoding: &Encoding) -> Option<Text> {
    let back = setup.tokenizer.decode(&encoding.ids).ok().filter(|back| *back != setup.text)?;
    Some(WORDS.with("note_lost", &named![back = one_line(&back)]))
}

fn chain(setup: &Setup, encoding: &Encoding) -> Table {
    let places = places(setup, encoding);
    let rows = encoding.ids.iter().zip(&places).map(|(&id, bytes)| {
        let token = shown(&setup.tokenizer, id);
        row![token, covered(&setup.text, bytes), bytes.end - bytes.start, f64::from(id)]
    });
    let frame = |ids: &[u32]| -> Vec<_> {
        let row =
            |&id: &u32| row![shown(&setup.tokenizer, id), WORDS.get("chain.frame"), 0usize, f64::from(id)];
        ids.iter().map(row).collect()
    };
    let (before, after) = setup.tokenizer.frame();
    let rows = frame(before).into_iter().chain(rows).chain(frame(after));
    Grid::new("chain", &WORDS).rows(rows).table()
}

/// Where the bytes of each token that is shown lie in the text. Published tokenizers give a token that is part of a
/// character the place of the whole one; where decoding gives the text back, the bytes are counted.
fn places(setup: &Setup, encoding: &Encoding) -> Vec<Range<usize>> {
    let shown = encoding.ids.len().min(SHOWN);
    let Some(bytes) = bytes_of_tokens(&setup.tokenizer, &encoding.ids, &setup.text) else {
        return encoding.offsets[..shown].to_vec();
    };
    let mut end = 0;
    let place = |bytes: &usize| {
        end += bytes;
        end - bytes..end
    };
    bytes[..shown].iter().map(place).collect()
}

/// The text that a token stands for; of a part of a character, that character.
fn covered(text: &str, bytes: &Range<usize>) -> Text {
    if let Some(covered) = text.get(bytes.clone()) {
        return Text::same(format!("“{}”", beginning(&one_line(covered))));
    }
    let start = (0..=bytes.start).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let end = (bytes.end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    WORDS.with("chain.part", &named![whole = one_line(&text[start..end])])
}

/// From so many characters a token on a table shows that frequent words stay whole.
const SEEN: f64 = 1.5;
/// Beyond this share of unknown tokens it does not.
const UNKNOWN: f64 = 0.1;

/// Characters, words and sub-words on the same text.
pub(crate) fn levels(setup: &Setup, f: &mut Findings) {
    let training = &*setup.corpus.training;
    let held_out = measured(&setup.corpus.held_out);
    let characters = held_out.chars().count();
    let cells = |vocabulary: usize, tokens: f64, unknown: f64| {
        row![vocabulary, tokens, characters as f64 / tokens, unknown]
    };
    let (alphabet, lost) = distinct(training.chars(), held_out.chars());
    let known = word_list(training);
    let met: Vec<String> = held_out.lines().flat_map(words).collect();
    let unknown = met.iter().filter(|word| !known.contains(*word)).count();
    let (tokens, pieces) = cut(&setup.tokenizer, held_out);
    let per_token = characters as f64 / tokens;
    let share = pieces / tokens;
    let between = match per_token {
        // With no more tokens than words nothing lies between them either.
        _ if share <= UNKNOWN && tokens <= met.len() as f64 => "between.words",
        // What is unknown may be long, and is no piece of a word.
        _ if share > UNKNOWN => "between.unknown",
        SEEN.. if setup.tokenizer.len() > known.len() => "between.larger",
        SEEN.. => "between.shorter",
        some if some > 1.0 => "between.little",
        // More tokens than characters: then nothing lies between.
        _ => "between.longer",
    };
    f.words("between", WORDS.with(between, &named![per_token, share, words = met.len()]));
    let of = if setup.corpus.undivided { "levels.training" } else { "levels.held-out" };
    let table = Grid::new("levels", &WORDS)
        .value("of", WORDS.get(of))
        .value("characters", characters)
        .value("algorithm", setup.algorithm.name())
        .said("characters", cells(alphabet, characters as f64, lost as f64))
        .said("words", cells(known.len(), met.len() as f64, unknown as f64))
        .said("sub-words", cells(setup.tokenizer.len(), tokens, pieces));
    f.table("levels", table.table());
}

/// Words and signs: those of a dictionary, for Chinese. Blanks are left out.
fn words(line: &str) -> impl Iterator<Item = String> {
    dictionary::cut(line).into_iter().filter(|word| !word.trim().is_empty())
}

/// All words of a text, each once.
fn word_list(text: &str) -> HashSet<String> {
    let mut list = HashSet::new();
    for word in text.lines().flat_map(words) {
        list.insert(word);
    }
    list
}

/// How many different things were read, and how many of those met (each time counted) were not.
fn distinct<T: Eq + std::hash::Hash>(
    read: impl Iterator<Item = T>,
    met: impl Iterator<Item = T>,
) -> (usize, usize) {
    let read: HashSet<T> = read.collect();
    let unknown = met.filter(|one| !read.contains(one)).count();
    (read.len(), unknown)
}
