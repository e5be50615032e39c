//! The type of a model, and files that are no configuration.

use serde_json::{Map, Value};

use super::types::types;
use crate::budget::BudgetError;
use crate::budget::published::plain;
use crate::budget::words::{Beside, Wanted};
use crate::json::{of_no_sign, quoted};

/// The field that names the type.
pub(super) const TYPE: &str = "model_type";

/// Files that people have in the place of a configuration, by fields that only they have.
const BESIDE: [(&[&str], Beside); 6] = [
    (&["block_size", "n_embd", "n_layer"], Beside::NanoGpt),
    (&["dim", "n_layers", "n_heads"], Beside::Params),
    (&["tokenizer_class"], Beside::Tokenizer),
    (&["added_tokens", "model"], Beside::Tokenizer),
    (&["_from_model_config"], Beside::Generation),
    (&["eos_token_id", "transformers_version"], Beside::Generation),
];

/// What the names of classes end with.
const ENDINGS: [&str; 8] = [
    "ForCausalLM",
    "LMHeadModel",
    "ForConditionalGeneration",
    "ForMaskedLM",
    "ForSequenceClassification",
    "PreTrainedModel",
    "Model",
    "",
];

/// The type of a file: what it says, or else what the name of its class says.
pub(super) fn type_of(fields: &Map<String, Value>, file: &str) -> Result<String, BudgetError> {
    if let Some(said) = fields.get(TYPE).filter(|said| !said.is_null()) {
        let word = said.as_str().filter(|_| of_no_sign(said).is_none());
        return word.map(String::from).ok_or_else(|| BudgetError::WrongType {
            file: file.into(),
            field: TYPE.into(),
            found: quoted(said, 40),
            wanted: Wanted::Type,
        });
    }
    let class = fields.get("architectures").and_then(|classes| classes.get(0)?.as_str());
    match class.and_then(of_class) {
        Some(found) => Ok(found.into()),
        None => Err(no_type(fields, file.into())),
    }
}

/// The type of a class, such as `llama` of `LlamaForCausalLM`.
fn of_class(class: &str) -> Option<&'static str> {
    let ending = ENDINGS.iter().find(|ending| class.ends_with(**ending))?;
    let stem = plain(class.strip_suffix(ending)?);
    // Where a model sees images its half of text is a model of its own.
    let text = format!("{stem}text");
    let names = if *ending == "ForCausalLM" { [&text, &stem] } else { [&stem, &text] };
    names.into_iter().find_map(|wanted| types().into_iter().find(|name| plain(name) == *wanted))
}

/// What a file without a type is.
fn no_type(fields: &Map<String, Value>, file: String) -> BudgetError {
    let word = |field: &str| fields.get(field).and_then(Value::as_str).map(String::from);
    if let (Some(kind), Some(base)) = (word("peft_type"), word("base_model_name_or_path")) {
        return BudgetError::Adapter { file, kind, base };
    }
    let has = |names: &[&str]| names.iter().all(|name| fields.contains_key(*name));
    let sized = has(&["hidden_size"]) || has(&["d_model"]);
    match BESIDE.iter().find(|(names, _)| !sized && has(names)) {
        Some((_, what)) => BudgetError::NotConfiguration { file, what: *what },
        None => BudgetError::Missing { file, field: TYPE.into(), model_type: "Hugging Face".into() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_names_the_type() {
        for (class, name) in [
            ("LlamaForCausalLM", Some("llama")),
            ("Qwen2MoeForCausalLM", Some("qwen2_moe")),
            ("GPT2LMHeadModel", Some("gpt2")),
            ("GPTNeoXForCausalLM", Some("gpt_neox")),
            ("Gemma3ForCausalLM", Some("gemma3_text")),
            ("Gemma3ForConditionalGeneration", Some("gemma3")),
            ("T5ForConditionalGeneration", Some("t5")),
            ("BertModel", Some("bert")),
            ("", None),
            ("ForCausalLM", None),
        ] {
            assert_eq!(of_class(class), name, "{class}");
        }
    }

    #[test]
    fn files_beside_a_configuration_are_called_by_their_name() {
        let said = |text: &str| {
            type_of(&crate::json::object(text).unwrap(), "a.json").map_err(|error| error.to_string())
        };
        let lora = r#"{"peft_type": "LORA", "base_model_name_or_path": "meta-llama/Llama-2-7b-hf"}"#;
        assert!(said(lora).unwrap_err().ends_with("its base model, meta-llama/Llama-2-7b-hf"));
        for (text, wanted) in [
            (r#"{"eos_token_id": 2, "transformers_version": "5.0"}"#, "generation_config.json"),
            (r#"{"dim": 4096, "n_layers": 32, "n_heads": 32}"#, "params.json"),
            (r#"{"n_layer": 6, "n_head": 6, "n_embd": 384, "block_size": 256}"#, "nanoGPT"),
            (r#"{"tokenizer_class": "GPT2Tokenizer"}"#, "tokenizer"),
            ("{}", "\"model_type\" is missing"),
            (r#"{"model_type": 5}"#, "\"model_type\" is 5, but must be the name"),
            (r#"{"model_type": NaN}"#, "\"model_type\" is NaN"),
        ] {
            let error = said(text).unwrap_err();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
