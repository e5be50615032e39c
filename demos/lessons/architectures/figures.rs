//! The pictures: who influences whom.

use super::Setup;
use super::experiments::influences;
use crate::kit::figure::{Figure, Heat, Plot};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

pub(super) fn figures(setup: &Setup) -> Result<Vec<Figure>, Refusal> {
    let titles = [
        text("Encoder: every input moves every output", "编码器：每个输入都影响每个输出"),
        text(
            "Decoder: an input moves its own output and later ones, exactly nothing before",
            "解码器：输入只影响自己和后面的输出，前面的完全不变",
        ),
        text("Prefix LM: the prefix both ways, the rest causally", "prefix LM：前缀部分双向，其余因果"),
        text(
            "Encoder–decoder: the source moves everything, a target itself and what follows",
            "encoder-decoder：源序列影响所有输出，目标只影响自己和后面",
        ),
    ];
    setup.kinds().into_iter().zip(titles).map(|((id, kind), title)| figure(setup, id, kind, title)).collect()
}

fn figure(
    setup: &Setup,
    id: &'static str,
    kind: concepts::architecture::Architecture,
    title: Text,
) -> Result<Figure, Refusal> {
    let data = influences(kind, setup.seq, setup.layers, setup.d_model, setup.seed)?;
    let names: Vec<String> = (1..=setup.seq).map(|i| i.to_string()).collect();
    Ok(Figure {
        id,
        title,
        description: text(
            "Heat map: largest change of each output (row) when one input (column) is pushed. 0 is exactly 0.",
            "热力图：改动一个输入（列）时，各输出（行）的最大变化。0 就是精确的 0。",
        ),
        plot: Plot::Heat(Heat {
            row_axis: text("output", "输出"),
            col_axis: text("input pushed", "被改动的输入"),
            rows: Text::each(&names),
            cols: Text::each(&names),
            data,
        }),
    })
}
