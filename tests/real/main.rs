//! A published model against transformers, where one is named:
//!
//! ```sh
//! DEMO_MODEL=/path/of/smollm2.gguf cargo test -p concepts --test real
//! ```
//!
//! Which files these can be is in `tests/fixtures/decoder/real.py`; `.ci/model` fetches the smaller one. Without the
//! variable the tests say nothing.

mod fast;
mod reference;
mod twin;
