//! The methods that are tried, and the length they are set to.

use concepts::budget::{RopeConfig, RopeMethod};
use concepts::decoder::{Change, Config};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::position::rope::Scaling;

use crate::kit::text::Text;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::method::{Extension, Method};
use crate::named;

/// How many times the trained length the methods are set to reach.
pub(super) const REACH: usize = 8;

/// Those without which nothing is extended, first: as it is.
pub(super) const METHODS: [Method; 5] =
    [Method::Plain, Method::Interpolation, Method::Ntk, Method::DynamicNtk, Method::Yarn];

/// The length that the model's rotation was trained for.
pub(super) fn trained(config: &Config) -> usize {
    let rope = config.ropes.first().map_or(config.context as u64, |rope| rope.train_len);
    usize::try_from(rope).unwrap_or(config.context).min(config.context).max(1)
}

/// What the model's own scaling is called, if it has one: as it is then means with that, and a method stands in its
/// place.
pub(super) fn own_scaling(config: &Config) -> Option<&str> {
    config.ropes.first().filter(|rope| scales(rope)).map(|rope| rope.kind.as_str())
}

/// Does it change anything? A factor of 1 has a name and does nothing.
fn scales(rope: &RopeConfig) -> bool {
    let RopeMethod::Scaled(scaling) = rope.method else { return true };
    let same = |(used, trained): (&f64, &f64)| (used / trained - 1.0).abs() <= EXACT_F64;
    let unmoved = match (rope.frequencies(1), rope.trained()) {
        (Ok(used), Ok(trained)) => used.iter().zip(&trained).all(same),
        _ => scaling == Scaling::None,
    };
    !unmoved || rope.attention_factor != 1.0
}

/// What as it is means there, and in whose place the methods stand.
pub(super) fn scaled(config: &Config) -> Option<Text> {
    let kind = own_scaling(config)?.to_string();
    Some(WORDS.with("gap.scaled", &named![kind, context = config.context, trained = trained(config)]))
}

/// A method set to reach `len` tokens; what looks at the length at hand sees `at`. As it is: no change.
pub(super) fn change(method: Method, config: &Config, len: usize, at: usize) -> Vec<Change> {
    let trained = trained(config);
    let len = if method == Method::DynamicNtk { at } else { len };
    match method {
        Method::Plain => Vec::new(),
        // It stands in the place of the model's own scaling there, too.
        _ if len <= trained && own_scaling(config).is_some() => vec![Change::RopeScaled(Scaling::None)],
        _ if len <= trained => Vec::new(),
        _ => vec![Change::RopeScaled(method.scaling(&Extension::usual(trained, len)))],
    }
}

/// Its name in the words.
pub(super) fn id(method: Method) -> &'static str {
    match method {
        Method::Plain => "plain",
        Method::Interpolation => "pi",
        Method::Ntk => "ntk",
        Method::DynamicNtk => "dynamic",
        Method::Yarn | Method::Llama3 => "yarn",
    }
}

pub(super) fn name(method: Method) -> Text {
    WORDS.get(&format!("real-gap.{}", id(method)))
}
