//! Where the texts come from: written here, or a person's own file.

use std::time::Duration;

use concepts::comparison::{Recipe, Record, Strength};
use concepts::corpus::split;

use super::generate::{Generated, Size, Starts, fitted, generate};
use super::models::{self, Judging, Writing};
use super::starts::starts;
use super::writer::Writer;
use super::{judged, notes, recipes};
use crate::kit::knob::{Refusal, Values, Whole};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::lessons::decoding::knobs::BuiltIn;
use crate::lessons::decoding::{WORDS, knobs, setup};
use crate::named;

/// A corpus is not read beyond this.
const MOST_BYTES: u64 = 50_000_000;

/// Texts, and what they are held against.
pub(super) struct Source {
    pub records: Vec<Record>,
    pub writer: Option<Box<dyn Writer>>,
    pub judge: Judging,
    /// The training text, whose words are known.
    pub known: String,
    /// How the comparison is made, as sentences.
    pub intro: Text,
    /// What was written or read, as a sentence.
    pub about: Text,
    /// Remarks on what was left out.
    pub notes: Vec<Text>,
}

impl Source {
    pub(super) fn new(setting: &Setting) -> Result<Source, Refusal> {
        match knobs::JUDGE.of(&setting.values) {
            Some(path) => judged::judged(path, setting),
            None => written(setting),
        }
    }

    /// How strong a recipe is on the model that wrote.
    pub(super) fn strength(&self, recipe: &Recipe) -> Option<Strength> {
        self.writer.as_ref()?.strength(recipe)
    }
}

/// A budget as people write one: `60s`, `2m`, `90`.
fn budget(values: &Values) -> Result<Option<Duration>, Refusal> {
    let Some(typed) = knobs::BUDGET.of(values) else { return Ok(None) };
    let text = crate::kit::number::half_width(typed.trim());
    let number = text.trim_end_matches(|c: char| c.is_alphabetic()); // 秒 and 分 are letters too
    let unit = text[number.len()..].trim();
    let scale = match unit {
        "" | "s" | "sec" | "seconds" | "秒" => 1.0,
        "m" | "min" | "minutes" | "分" | "分钟" => 60.0,
        "h" | "hours" => 3600.0,
        _ => f64::NAN,
    };
    let seconds = number.trim().parse::<f64>().unwrap_or(f64::NAN) * scale;
    if seconds > 0.0 && seconds <= 86_400.0 {
        return Ok(Some(Duration::from_secs_f64(seconds)));
    }
    Err(Refusal(WORDS.with("refused.budget", &named![budget = typed])))
}

fn written(setting: &Setting) -> Result<Source, Refusal> {
    let values = &setting.values;
    let budget = budget(values)?;
    let recipes = recipes::recipes(values)?;
    let text = text(values)?;
    let (Writing { writer, name, usual, unused }, judge) = models::writing(&text, values)?;
    let asked = |knob: &Whole, usual| if values.given(knob) { knob.of(values) } else { usual };
    let (texts, tokens) = (asked(&knobs::TEXTS, usual.0), asked(&knobs::TOKENS, usual.1));
    let starts = starts(&*writer, values)?;
    let asked = match &starts {
        Starts::HeldOut => fitted(texts, tokens, writer.held_out().len()),
        Starts::Own(own) => Size {
            prompts: own.len(),
            each: texts.div_ceil(own.len()),
            prompt: own.iter().map(Vec::len).max().unwrap_or(0),
            tokens,
        },
    };
    let generated = generate(&*writer, &recipes, &starts, asked, (setting.seed, budget))?;
    let mut notes = notes::of_writing(&generated, asked, tokens);
    let Generated { records, size, ended, .. } = generated;
    let prompts = ended.unwrap_or(size.prompts);
    let about = named![
        settings = recipes.len(),
        prompts,
        each = size.each,
        tokens = size.tokens,
        prompt = size.prompt,
        model = name,
        judge = judge.name.clone()
    ];
    let own = match &starts {
        Starts::HeldOut => None,
        Starts::Own(_) if values.given(&knobs::PROMPTS) => Some("prompts"),
        Starts::Own(_) => Some("prompt"),
    };
    let [written, remark] = match own {
        None => ["compared.written", ""],
        Some("prompt") => ["compared.prompted", "compared.own-prompt"],
        Some(_) => ["compared.prompted-file", "compared.own-prompts"],
    };
    let about = WORDS.with(written, &about);
    let whole = values.given(&knobs::TEXTS) && ended.is_none();
    notes.extend(whole.then(|| notes::more_texts(texts, size)).flatten());
    notes.extend(notes::same_prompts(&records, prompts));
    notes.extend(own.map(|_| WORDS.get(remark)));
    if models::own_file(values).is_none() {
        notes.extend(notes::unread(&starts, &*writer, &text.training));
    }
    notes.extend(notes::marks(&starts, &*writer));
    notes.extend(notes::of_flags(values, &recipes, &records));
    notes.extend(unused);
    let known = text.training.clone();
    let intro = WORDS.get("intro.written");
    Ok(Source { records, writer: Some(writer), judge, known, intro, about, notes })
}

/// A text that models learn from, and the part that they never see.
pub(super) struct Learned {
    pub training: String,
    pub held_out: String,
}

/// The person's own text, or a built-in one.
pub(super) fn text(values: &Values) -> Result<Learned, Refusal> {
    let (training, held_out) = match setup::own_text(values, MOST_BYTES)? {
        Some(text) => {
            let (training, held_out) = setup::cut(&text);
            (training.to_string(), held_out.to_string())
        }
        None => return Ok(built_in(knobs::TEXT.of(values))),
    };
    Ok(Learned { training, held_out })
}

/// A text that the program brings along.
pub(super) fn built_in(text: BuiltIn) -> Learned {
    let (training, held_out) = split(setup::built_in_text(text));
    Learned { training: training.to_string(), held_out: held_out.to_string() }
}
