//! Chats as one text: the template that a model was trained with.
//!
//! A model that answers has seen its chats written in one way, `<|im_start|>user\n…<|im_end|>` or another; written
//! in a different way the same words lead to worse answers. The way is a template in the language Jinja, a small
//! program that comes with the weights.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, ErrorKind};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

/// The steps that a template may take for each message; those that are published take some hundred.
const STEPS_PER_MESSAGE: u64 = 20_000;
/// And so many before the first.
const STEPS: u64 = 100_000;

/// What someone says in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// `system`, `user`, `assistant`.
    pub role: &'a str,
    /// The words.
    pub content: &'a str,
}

/// What a template can ask for besides the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChatOptions<'a> {
    /// Whether the text ends where the model's answer begins.
    pub add_generation_prompt: bool,
    /// The text of BOS.
    pub bos: &'a str,
    /// The text of EOS.
    pub eos: &'a str,
    /// What a template gets that asks for the date; this library has no clock.
    pub date: Option<&'a str>,
}

/// What can go wrong with the template of a chat.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChatError {
    /// The template is none.
    #[error("chat: the template cannot be read: {said}")]
    Template {
        /// What its parser says, in English.
        said: String,
    },
    /// The template itself refuses the messages.
    #[error("chat: the template refuses these messages: {said}")]
    Refused {
        /// What it says.
        said: String,
    },
    /// Something in it fails.
    #[error("chat: the template fails: {said}")]
    Fails {
        /// What its interpreter says, in English.
        said: String,
    },
    /// It does not come to an end.
    #[error(
        "chat: the template takes more than {steps} steps; those that are published take some hundred a message"
    )]
    Endless {
        /// The most steps.
        steps: u64,
    },
    /// It asks for the date.
    #[error("chat: the template asks for the date, and none is given")]
    NoDate,
}

/// The template of a chat, ready to be used.
///
/// Steps are counted, so that a template that loops forever ends with an error. It is a program of whoever made the
/// file all the same: a text that it doubles again and again takes memory before it takes many steps.
///
/// # Reference
/// `chat_template_utils.py` of transformers.
///
/// # Examples
/// ```
/// use concepts::tokenizer::{ChatOptions, ChatTemplate, Message};
/// let template = ChatTemplate::new(
///     "{% for message in messages %}<{{ message.role }}>{{ message.content | trim }}\n{% endfor %}\
///      {% if add_generation_prompt %}<assistant>{% endif %}",
/// )?;
/// let messages = [Message { role: "user", content: " Hello! " }];
/// let options = ChatOptions { add_generation_prompt: true, ..ChatOptions::default() };
/// assert_eq!(template.render(&messages, options)?, "<user>Hello!\n<assistant>");
/// # Ok::<(), concepts::tokenizer::ChatError>(())
/// ```
#[derive(Debug)]
pub struct ChatTemplate {
    environment: Environment<'static>,
}

/// The name of the template; it says that nothing is escaped.
const NAME: &str = "chat";

/// An expression of more words and signs, or more branches, could nest so deeply that the parser runs out of stack. The
/// longest that are published have some dozen.
const MOST_WORDS: usize = 2000;

/// Has a tag so many words and signs, or the template so many branches? A text in quotation marks is one word.
fn is_deep(template: &str) -> bool {
    let (mut rest, mut branches) = (template, 0);
    while let Some(begin) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        rest = &rest[begin + 2..];
        branches += usize::from(rest.trim_start_matches(['-', '+', ' ']).starts_with("elif"));
        let (mut words, mut quote, mut within, mut before, mut end) = (0, None, false, ' ', rest.len());
        let mut braces = 0;
        for (at, sign) in rest.char_indices() {
            match quote {
                Some(mark) if sign == mark && before != '\\' => quote = None,
                Some(_) => {}
                // Of a dictionary in the expression, not of the tag.
                None if sign == '}' && braces > 0 => {
                    braces -= 1;
                    before = ' ';
                    continue;
                }
                None if sign == '}' && ['}', '%'].contains(&before) => {
                    end = at + 1;
                    break;
                }
                None => {
                    let word = sign.is_alphanumeric() || sign == '_';
                    words += usize::from(!(sign.is_whitespace() || word && within));
                    within = word;
                    braces += usize::from(sign == '{');
                    quote = ['"', '\''].contains(&sign).then_some(sign);
                }
            }
            // A mark behind two backslashes ends the text.
            before = if before == '\\' && sign == '\\' { ' ' } else { sign };
        }
        if words > MOST_WORDS || branches > MOST_WORDS {
            return true;
        }
        rest = &rest[end..];
    }
    false
}

/// What a refusal begins with inside the interpreter.
const REFUSED: &str = "refused: ";
const NO_DATE: &str = "no date";

impl ChatTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// [`ChatError::Template`]
    pub fn new(template: &str) -> Result<Self, ChatError> {
        if is_deep(template) {
            let said = format!("an expression of more than {MOST_WORDS} words and signs, or as many elif");
            return Err(ChatError::Template { said });
        }
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|error| ChatError::Template { said: said(&error) })?);
        environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.add_filter("tojson", to_json);
        environment.add_function("raise_exception", |said: String| {
            Err::<Value, Error>(Error::new(ErrorKind::InvalidOperation, format!("{REFUSED}{said}")))
        });
        environment
            .add_template_owned(NAME, template.to_owned())
            .map_err(|error| ChatError::Template { said: said(&error) })?;
        Ok(ChatTemplate { environment })
    }

    /// The chat as one text, special tokens written out.
    ///
    /// # Errors
    /// [`ChatError::Refused`] with the template's own words, for instance if two users speak one after the other;
    /// [`ChatError::Fails`], [`ChatError::Endless`], [`ChatError::NoDate`].
    pub fn render(&self, messages: &[Message<'_>], options: ChatOptions<'_>) -> Result<String, ChatError> {
        let steps = STEPS.saturating_add(STEPS_PER_MESSAGE.saturating_mul(messages.len() as u64));
        let mut environment = self.environment.clone();
        environment.set_fuel(Some(steps));
        let date = options.date.map(str::to_owned);
        environment.add_function("strftime_now", move |_format: String| {
            date.clone().ok_or_else(|| Error::new(ErrorKind::InvalidOperation, NO_DATE))
        });
        let template = environment.get_template(NAME).map_err(|error| failure(&error, steps))?;
        let messages = messages
            .iter()
            .map(|message| Value::from_pairs([("role", message.role), ("content", message.content)]));
        let context = Value::from_pairs([
            ("messages", Value::from(messages.collect::<Vec<_>>())),
            ("add_generation_prompt", Value::from(options.add_generation_prompt)),
            ("bos_token", Value::from(options.bos)),
            ("eos_token", Value::from(options.eos)),
            ("tools", Value::from(())),
            ("documents", Value::from(())),
        ]);
        template.render(context).map_err(|error| failure(&error, steps))
    }
}

fn failure(error: &Error, steps: u64) -> ChatError {
    if error.kind() == ErrorKind::OutOfFuel {
        return ChatError::Endless { steps };
    }
    match error.detail().unwrap_or_default() {
        NO_DATE => ChatError::NoDate,
        detail => match detail.strip_prefix(REFUSED) {
            Some(said) => ChatError::Refused { said: said.to_owned() },
            None => ChatError::Fails { said: said(error) },
        },
    }
}

/// One line of what the interpreter says.
fn said(error: &Error) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().to_owned()
}

/// A value as JSON, in the way in which Python writes it: a space behind each comma and colon, and no escapes for
/// what is not ASCII.
fn to_json(value: &Value, options: Kwargs) -> Result<String, Error> {
    let indent: Option<usize> = options.get("indent")?;
    let mut out = Vec::new();
    let written = match indent.map(|indent| " ".repeat(indent.min(16))) {
        Some(indent) => {
            let formatter = PrettyFormatter::with_indent(indent.as_bytes());
            value.serialize(&mut Serializer::with_formatter(&mut out, formatter))
        }
        None => value.serialize(&mut Serializer::with_formatter(&mut out, Python)),
    };
    let wrong = |what: String| Error::new(ErrorKind::InvalidOperation, what);
    written.map_err(|error| wrong(error.to_string()))?;
    String::from_utf8(out).map_err(|error| wrong(error.to_string()))
}

/// Python's separators.
struct Python;

impl Formatter for Python {
    fn begin_array_value<W: ?Sized + std::io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(&mut self, out: &mut W) -> std::io::Result<()> {
        out.write_all(b": ")
    }
}
