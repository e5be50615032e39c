//! What all pages on a trained model show.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use concepts::evaluation::Interval;

use super::{Bench, WORDS};
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::kit::words::Named;
use crate::named;

/// Shorter runs are over before a line could be read.
const LONG: f64 = 4.0;
/// Less would be 0.000.
const SHOWN: f64 = 0.0005;
/// Seconds for a weight and a pass over the windows, about, on two cores.
const A_WEIGHT: f64 = 1.46e-8;
/// Bytes of a weight in the files that most people have: GGUF in 4 to 6 bits; safetensors in 16; in 32.
const IN_GGUF: f64 = 0.73;
const IN_16: f64 = 2.0;
const IN_32: f64 = 4.0;

/// Which model this is, and what it is measured on.
pub(crate) fn about(bench: &Bench) -> Result<Text, Refusal> {
    let (real, config) = (bench.real, bench.model.config());
    let plain = bench.interval(&bench.plain)?;
    let values = named![
        name = &real.name,
        parameters = real.parameters() as f64,
        layers = config.layers.len(),
        heads = config.heads,
        kv_heads = config.kv_heads,
        width = config.d_model,
        context = config.context,
        windows = bench.windows.len(),
        tokens = bench.windows.first().map_or(0, Vec::len),
        nats = plain.estimate,
        range = range(&plain),
    ];
    Ok(WORDS.with("about.model", &values))
}

/// A difference with its sign.
pub(crate) fn signed(value: f64) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    format!("{sign}{}", ended(value))
}

/// A difference where the words beside it say whether it is more or less.
pub(crate) fn size(value: f64) -> String {
    ended(value.abs())
}

/// Three decimals; of what they would show as 0 and is not, the first digit, so that its sign is not that of 0.
fn ended(value: f64) -> String {
    let size = value.abs();
    let said = if size > 0.0 && size < SHOWN { format!("{size:.0e}") } else { format!("{size:.3}") };
    format!("{}{said}", if value < 0.0 { "−" } else { "" })
}

/// A difference in every form that a sentence may want: with its sign or without, from end to end, and the same as
/// what is saved.
pub(crate) fn told(more: &Interval) -> Vec<Named> {
    let (signed, size) = (signed(more.estimate), size(more.estimate));
    named![more = signed, size, range = range(more), less = less(more)].to_vec()
}

/// How much less, where the words say so: from the lower to the upper end.
fn less(interval: &Interval) -> String {
    let Interval { estimate, low, high } = *interval;
    range(&Interval { estimate: -estimate, low: -high, high: -low })
}

/// From the lower to the upper end.
pub(crate) fn range(interval: &Interval) -> String {
    format!("{} … {}", ended(interval.low), ended(interval.high))
}

/// Seconds that so many passes over the windows take, about: time goes with weights, so bytes are counted by what a
/// weight takes. Of a folder only what is read counts.
pub(crate) fn seconds(path: &Path, passes: f64) -> f64 {
    let bytes = |path: &Path| path.metadata().map_or(0, |there| there.len()) as f64;
    let weights = if path.is_dir() {
        let inside = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
        let read = inside.filter(|file| file.extension().is_some_and(|ending| ending == "safetensors"));
        read.map(|file| bytes(&file)).sum::<f64>() / of_a_weight(path)
    } else {
        bytes(path) / IN_GGUF
    };
    weights * passes * A_WEIGHT
}

/// Bytes of a weight, by the configuration of a folder. What is wrong with that is said when the model is opened.
fn of_a_weight(folder: &Path) -> f64 {
    let text = std::fs::read_to_string(folder.join("config.json")).unwrap_or_default();
    let config = concepts::budget::json_object(&text).unwrap_or_default();
    let stored = ["dtype", "torch_dtype"].into_iter().find_map(|field| config.get(field)?.as_str());
    if stored == Some("float32") { IN_32 } else { IN_16 }
}

/// Do so many passes over the windows take long? What is no model is refused, which takes no time.
pub fn takes_long(path: &Path, passes: f64) -> bool {
    seconds(path, passes) >= LONG && begins_like_a_model(path)
}

/// Has the folder a configuration, or begins the file as GGUF does? A pipe is not asked: what is read of it would be
/// missing later.
fn begins_like_a_model(path: &Path) -> bool {
    let mut begin = [0; 4];
    if path.is_dir() {
        return path.join("config.json").exists();
    }
    let read = path.is_file().then(|| File::open(path)?.read_exact(&mut begin));
    matches!(read, Some(Ok(()))) && &begin == b"GGUF"
}

/// What to say of passes beside a long text, which takes as long as so many passes more, and longer by its attention.
pub(crate) fn waiting_long(path: &Path, passes: usize, more: f64) -> Option<Text> {
    let all = passes as f64 + more;
    let said = || WORDS.with("waiting.long", &named![passes, seconds = seconds(path, all)]);
    takes_long(path, all).then(said)
}

/// The same where a model answers questions, which take as long as so many passes.
pub(crate) fn waiting_questions(path: &Path, questions: usize, passes: f64) -> Option<Text> {
    let said = || WORDS.with("waiting.questions", &named![questions, seconds = seconds(path, passes)]);
    takes_long(path, passes).then(said)
}

/// What to say while so many passes go on, if they take long.
pub(super) fn waiting(path: &Path, passes: usize) -> Option<Text> {
    let said = || WORDS.with("waiting.passes", &named![passes, seconds = seconds(path, passes as f64)]);
    takes_long(path, passes as f64).then(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_goes_with_the_weights_that_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, content: &[u8]| std::fs::write(folder.path().join(name), content);
        write("model.safetensors", &[0; 4000]).expect("a file");
        write("pytorch_model.bin", &[0; 100_000]).expect("a file");
        for (config, weights) in
            [(r#"{"dtype":"float32"}"#, 1000.0), (r#"{"torch_dtype":"bfloat16"}"#, 2000.0)]
        {
            write("config.json", config.as_bytes()).expect("a file");
            let expected = weights * 3.0 * A_WEIGHT;
            assert!((seconds(folder.path(), 3.0) / expected - 1.0).abs() < 1e-12, "{config}");
        }
        assert!(
            (seconds(&folder.path().join("pytorch_model.bin"), 1.0) * IN_GGUF / A_WEIGHT - 1e5).abs() < 1e-6
        );
    }

    #[test]
    fn what_is_no_model_is_never_announced() {
        let folder = tempfile::tempdir().expect("a folder");
        let long = |begin: &[u8]| {
            let path = folder.path().join("model.gguf");
            std::fs::write(&path, begin).expect("a file");
            let file = File::options().write(true).open(&path).expect("the same");
            file.set_len(1 << 34).expect("a hole");
            (takes_long(&path, 3.0), waiting_questions(&path, 7, 3.0).is_some())
        };
        assert_eq!([long(b"GGUF"), long(b"PK\x03\x04")], [(true, true), (false, false)]);
        assert!(!takes_long(folder.path(), 1e30) && !takes_long(&folder.path().join("none"), 1e30));
    }

    #[test]
    fn what_would_round_to_0_keeps_its_sign_and_its_first_digit() {
        let all = [0.0, 0.0004, -0.00004, 0.0006, -0.0006, 1.5].map(signed);
        assert_eq!(all, ["0.000", "+4e-4", "−4e-5", "+0.001", "−0.001", "+1.500"]);
        assert_eq!([size(-0.00004), size(-0.25)], ["4e-5", "0.250"]);
        let some = Interval { estimate: 0.0, low: -0.0001, high: 0.25 };
        assert_eq!(range(&some), "−1e-4 … 0.250");
    }

    #[test]
    fn what_is_saved_has_the_ends_of_the_interval_turned() {
        let more = Interval { estimate: -0.5, low: -0.75, high: -0.25 };
        assert_eq!((size(more.estimate), less(&more)), ("0.500".to_string(), "0.250 … 0.750".to_string()));
    }
}
