//! Texts longer than those of training.

use concepts::budget::{OtherLayers, RopeConfig, RopeMethod};
use concepts::position::PositionError;
use concepts::position::rope::{Scaling, YarnRamp, ntk_base};

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number;
use crate::kit::text::{Lang, Text};
use crate::kit::visible;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::experiments::extension::{self, Extended, extended, incomplete, whole};
use crate::lessons::rope::method::{Extension, METHODS, Method, OF_LLAMA_3_1, RAMP_OF_LLAMA_3_1};
use crate::lessons::rope::setup::Setup;
use crate::lessons::rope::steps::ramps;
use crate::{named, row};

/// A frequency is kept that falls by no more than rounding.
const KEPT: f64 = 1.0 - 1e-9;

pub(crate) fn longer(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.number("train_len", setup.extension.train_len as f64);
    f.number("len", setup.extension.len as f64);
    f.number("incomplete", incomplete(&setup.trained, setup.extension.train_len) as f64);
    formulas(&mut f);
    f.words("factor", Text::same(factor_read(&setup.extension)));
    f.words("factor_said", factor(setup));
    f.words("llama_said", WORDS.get(llama(setup)));
    f.number("llama_factor", OF_LLAMA_3_1);
    let [low, high] = RAMP_OF_LLAMA_3_1;
    f.number("llama_low", low);
    f.number("llama_high", high);
    f.words("ntk_base", raised(setup)?);
    f.words("yarn_factor", Text::same(near(Method::Yarn.scaling(&setup.extension).attention_factor())));
    f.words("yarn_sharpened", Text::same(near(fares(setup, Method::Yarn).sharpened)));
    f.words("outside_said", outside(setup));
    f.number("outside_pi", fares(setup, Method::Interpolation).outside);
    f.number("outside_ntk", fares(setup, Method::Ntk).outside);
    f.words("ntk_said", ntk(setup));
    f.number("outside_yarn", fares(setup, Method::Yarn).outside);
    f.words("yarn_said", WORDS.get(yarn(setup)));
    f.table("methods", methods(setup));
    f.note("note_ramp", ramps::of_the_run(setup));
    notes(&mut f, setup);
    Ok(f)
}

/// What becomes of RoPE as it is, beyond the trained length.
fn outside(setup: &Setup) -> Text {
    let outside = fares(setup, Method::Plain).outside;
    match outside > 0.0 {
        true => WORDS.with("outside_said", &named![outside]),
        false if setup.extension.len == setup.extension.train_len => WORDS.get("outside_said.within"),
        false => WORDS.get("outside_said.turned"),
    }
}

/// Below the stretch no factor helps the slow pairs.
fn short(setup: &Setup) -> bool {
    Method::Interpolation.factor(&setup.extension) < setup.extension.stretch()
}

fn factor(setup: &Setup) -> Text {
    let (factor, stretch) = (Method::Interpolation.factor(&setup.extension), setup.extension.stretch());
    let out_of_range = fares(setup, Method::Plain).outside > 0.0;
    let id = if short(setup) && out_of_range { "factor_said.short" } else { "factor_said" };
    // Rounded, the stretch may read as no more than the factor.
    let rounded = number::short(stretch);
    let above = rounded.parse::<f64>().is_ok_and(|rounded| rounded > factor);
    let stretch = if above { rounded } else { number::typed(stretch) };
    WORDS.with(id, &named![factor = factor_read(&setup.extension), stretch])
}

/// The factor as it was typed; one that follows from the lengths is rounded.
fn factor_read(extension: &Extension) -> String {
    let factor = Method::Interpolation.factor(extension);
    match extension.factor {
        Some(_) => number::typed(factor),
        None => number::beside_one(factor).unwrap_or_else(|| number::short(factor)),
    }
}

/// A number that may be close to 1: rounded to that, it would say that nothing is scaled.
fn near(value: f64) -> String {
    number::beside_one(value).unwrap_or_else(|| number::plain(value))
}

/// The base that NTK raises. A factor of 1 leaves it as it was typed.
fn raised(setup: &Setup) -> Result<Text, PositionError> {
    let factor = Method::Ntk.factor(&setup.extension);
    if factor == 1.0 {
        return Ok(Text::same(number::typed(setup.base)));
    }
    let base = ntk_base(setup.head_dim, setup.base, factor)?;
    // Raised by next to nothing, it would read as it was.
    if number::plain(base) == number::plain(setup.base) {
        let raised = number::decimals_until(base, 0..=9, |read| read > setup.base);
        return Ok(Text::same(raised.unwrap_or_else(|| number::typed(base))));
    }
    Ok(Text::new(number::formatted(base, "big", Lang::En).unwrap_or_default(), number::plain(base)))
}

/// What the pairs that stay out of range under NTK say of its factor.
fn ntk(setup: &Setup) -> Text {
    // The fastest pair keeps its frequency: where it is slow itself, no factor brings it back.
    let all_slow = incomplete(&setup.trained, setup.extension.train_len) == setup.trained.len();
    match fares(setup, Method::Ntk).outside {
        0.0 => WORDS.get("ntk_said.none"),
        outside if all_slow => WORDS.with("ntk_said.fastest", &named![outside]),
        outside if short(setup) => WORDS.with("ntk_said.short", &named![outside]),
        outside => WORDS.with("ntk_said", &named![outside]),
    }
}

/// How many pairs YaRN leaves as they are: with short training not even the fastest turns often enough.
fn yarn(setup: &Setup) -> &'static str {
    let used = Method::Yarn.scaling(&setup.extension).frequencies(setup.head_dim, setup.base);
    let used = used.unwrap_or_default();
    let kept = used.iter().zip(&setup.trained).filter(|(used, trained)| **used > **trained * KEPT).count();
    match (kept, setup.extension.ramp) {
        (0, YarnRamp::ByRotations) => "yarn_said.turns",
        (0, _) => "yarn_said.none",
        (1, _) => "yarn_said.one",
        _ => "yarn_said",
    }
}

/// What to try of LLaMA 3.1: not what the run is already.
fn llama(setup: &Setup) -> &'static str {
    let Extension { train_len, len, factor, .. } = setup.extension;
    let released = setup.base == 500_000.0 && (train_len, len) == (8192, 131_072);
    // Where every pair completes a turn in training, none goes out of range with any factor.
    let slow = incomplete(&setup.trained, train_len) > 0;
    match factor {
        _ if setup.method != Method::Llama3 || !released || !slow => "llama_said",
        Some(given) if given > OF_LLAMA_3_1 => "llama_said.here",
        _ => "llama_said.factor",
    }
}

/// Of each method, with `L` the trained length, `L′` the one in use and `s = L′/L`.
fn formulas(f: &mut Findings) {
    f.formula("f_pi", r"\theta_i' = \theta_i / s", "θᵢ′ = θᵢ/s");
    f.formula("f_ntk", r"\mathrm{base}' = \mathrm{base}\cdot s^{d/(d-2)}", "base′ = base·s^(d/(d−2))");
    f.formula(
        "f_dynamic",
        r"\mathrm{base}' = \mathrm{base}\cdot \Big(\frac{f L'}{L} - (f - 1)\Big)^{d/(d-2)}",
        "base′ = base·(f·L′/L − (f − 1))^(d/(d−2))",
    );
    f.formula(
        "f_yarn",
        r"\theta_i' = (1-\gamma_i)\,\theta_i/s + \gamma_i\theta_i,\quad \gamma_i = \mathrm{clip}\Big(\frac{r_i - \alpha}{\beta - \alpha}, 0, 1\Big),\quad r_i = \frac{L\theta_i}{2\pi}",
        "θᵢ′ = (1−γᵢ)·θᵢ/s + γᵢ·θᵢ    γᵢ = clip((rᵢ − α)/(β − α), 0, 1)    rᵢ = L·θᵢ/2π",
    );
    f.formula(
        "f_temperature",
        r"\mathrm{softmax}\Big(\frac{q^\top k}{t\sqrt{d}}\Big),\quad \sqrt{1/t} = 0.1\ln s + 1",
        "softmax(qᵀk / (t·√d))    √(1/t) = 0.1·ln s + 1",
    );
}

fn fares(setup: &Setup, method: Method) -> Extended {
    extended(method, setup.head_dim, setup.base, &setup.extension)
}

fn methods(setup: &Setup) -> Table {
    // Where every pair completes a turn in training there is no slow one to look at.
    let slow = incomplete(&setup.trained, setup.extension.train_len) > 0;
    let given = setup.extension.factor.is_some();
    let rows = METHODS.iter().map(|(name, method)| {
        let e = fares(setup, *method);
        let mark = if setup.own.is_none() && *method == setup.method { " ←" } else { "" };
        let farthest = if slow { number::never_as_one(whole(e.farthest)) } else { "–".into() };
        let factor = chosen(method.factor(&setup.extension), *method != Method::Plain && given);
        row![format!("{name}{mark}"), factor, e.outside, farthest, number::never_as_one(e.sharpened)]
    });
    Grid::new("methods", &WORDS).rows(setup.own.iter().map(|rope| own(setup, rope)).chain(rows)).table()
}

/// A factor in a table. One that a person gave has all of its digits.
fn chosen(factor: f64, given: bool) -> Cell {
    if given { number::unrounded(factor) } else { number::never_as_one(factor) }
}

/// The row of the person's own file.
fn own(setup: &Setup, rope: &RopeConfig) -> Vec<Cell> {
    let Extension { train_len, len, .. } = setup.extension;
    let said = |found: Result<f64, PositionError>| found.unwrap_or(f64::NAN);
    let outside = said(extension::outside(&setup.used, &setup.trained, train_len, len));
    let farthest = match incomplete(&setup.trained, train_len) {
        0 => "–".into(),
        _ => {
            let farthest = said(extension::farthest(&setup.used, &setup.trained, train_len, len));
            number::never_as_one(whole(farthest))
        }
    };
    let factor = match &rope.method {
        RopeMethod::Scaled(
            Scaling::Interpolation { factor }
            | Scaling::NtkAware { factor }
            | Scaling::Yarn { factor, .. }
            | Scaling::Llama3 { factor, .. },
        )
        | RopeMethod::Dynamic { factor } => chosen(*factor, true),
        RopeMethod::Scaled(_) => Cell::from(1.0),
        RopeMethod::Long { .. } => "–".into(),
    };
    let name = format!("{} ←", visible::name(&rope.kind));
    row![name, factor, outside, farthest, number::never_as_one(rope.sharpened())]
}

/// What was read of the file, and what was not used of it.
fn notes(f: &mut Findings, setup: &Setup) {
    let own = setup.own.as_ref();
    f.note(
        "note_config",
        own.map(|rope| {
            let RopeConfig { base, rotary_dim, head_dim, train_len, context, .. } = *rope;
            let kind = visible::name(&rope.kind);
            let [attention_factor, sharpened, score_factor] =
                [rope.attention_factor, rope.sharpened(), rope.score_factor].map(multiplier);
            // As a file has it: 1000000.
            let base = base.to_string();
            let id = match (rope.attention_factor == 1.0, rope.score_factor == 1.0) {
                (_, true) => "note_config",
                (true, false) => "note_config.scores-alone",
                (false, false) => "note_config.scores",
            };
            let values = named![
                kind,
                base,
                rotary_dim,
                head_dim,
                attention_factor,
                sharpened,
                train_len,
                context,
                score_factor
            ];
            WORDS.with(id, &values)
        }),
    );
    // As a file has them: 1048576.
    let [train_len, len] = [setup.extension.train_len, setup.extension.len].map(|tokens| tokens.to_string());
    f.note(
        "note_reached",
        own.zip(setup.reached).map(|(rope, factor)| {
            let (factor, context) = (factor.to_string(), rope.context.to_string());
            WORDS.with("note_reached", &named![factor, train_len, len, context])
        }),
    );
    f.note("note_file_ramp", own.and_then(ramps::of_the_file));
    f.note("note_plain", own.and_then(plain));
    f.note("note_local", own.and_then(local));
    f.note("note_assumed", own.and_then(assumed));
    f.note("note_short", own.and_then(short_factors));
    f.note("note_displaced", own.and_then(displaced));
    let list = |names: &[String]| Text::new(names.join(", "), names.join("、"));
    let unused = own.filter(|rope| !rope.unused.is_empty()).map(|rope| list(&rope.unused));
    f.note(
        "note_unused",
        unused.map(|names| WORDS.with("note_unused", &named![names = names.map(visible::name)])),
    );
}

/// What is multiplied with, in four decimals, or as many as it takes to see that it is not 1.
fn multiplier(value: f64) -> String {
    let rounded = || number::formatted(value, ".4", Lang::En).unwrap_or_default();
    number::beside_one(value).unwrap_or_else(rounded)
}

/// What was taken for fields that are not there: names and numbers of transformers, none of the person's own. A base that
/// is in the file and does not count has words of its own.
fn assumed(rope: &RopeConfig) -> Option<Text> {
    let fields = rope.assumed.iter();
    let fields = fields.filter(|(field, _)| field != "rope_theta" || rope.displaced_base.is_none());
    let names: Vec<String> = fields.map(|(field, value)| format!("{field} = {value}")).collect();
    // Names and numbers of transformers, none of the person's own.
    let list = Text::new(names.join(", "), names.join("、"));
    (!names.is_empty()).then(|| WORDS.with("note_assumed", &named![names = list]))
}

/// LongRoPE may have factors for short texts, too, which this page leaves out.
fn short_factors(rope: &RopeConfig) -> Option<Text> {
    let RopeMethod::Long { short, .. } = &rope.method else { return None };
    let least = short.iter().copied().fold(f64::INFINITY, f64::min);
    let most = short.iter().copied().fold(0.0, f64::max);
    let train_len = rope.train_len.to_string();
    let id = if least == most { "note_short.equal" } else { "note_short" };
    let some = least != 1.0 || most != 1.0;
    let [least, most] = ends(least, most);
    some.then(|| WORDS.with(id, &named![train_len, least, most]))
}

/// The least and the largest of some factors: what differs from 1, or from one another, is seen to.
fn ends(least: f64, most: f64) -> [String; 2] {
    let shown = [least, most].map(|end| number::beside_one(end).unwrap_or_else(|| number::short(end)));
    if least != most && shown[0] == shown[1] { number::told_apart([least, most], 3) } else { shown }
}

/// A base that the file has, and that does not count.
fn displaced(rope: &RopeConfig) -> Option<Text> {
    let (displaced, base) = (rope.displaced_base?, rope.base);
    Some(WORDS.with("note_displaced", &named![base, displaced]))
}

/// Layers without RoPE.
fn plain(rope: &RopeConfig) -> Option<Text> {
    let OtherLayers { of, plain, .. } = rope.others;
    let id = if plain == of { "note_plain.all" } else { "note_plain" };
    (plain > 0).then(|| WORDS.with(id, &named![of, plain]))
}

/// Layers with a base of their own.
fn local(rope: &RopeConfig) -> Option<Text> {
    let (local, base) = rope.others.local?;
    let of = rope.others.of;
    let scaled = rope.method != RopeMethod::Scaled(Scaling::None);
    let id = match (local == of, scaled) {
        (false, false) => "note_local",
        (false, true) => "note_local.scaled",
        (true, false) => "note_local.all",
        (true, true) => "note_local.all-scaled",
    };
    Some(WORDS.with(id, &named![of, local, base]))
}
