//! What `demo heads` says of who decides, and of what sharing saves, beside its tables.

use demos::kit::findings::{Cell, Findings};
use demos::kit::text::Lang;

use super::{after, as_number, column, tables};

pub(super) fn rules(findings: &Findings, said: &str) -> Vec<String> {
    [decides(findings), sharing(findings, said)].concat()
}

/// The slower of memory and arithmetic decides.
fn decides(findings: &Findings) -> Vec<String> {
    let mut faults = Vec::new();
    for table in tables(findings, "roofline") {
        let (memory, compute, decides) =
            (column(table, "mem ms"), column(table, "comp ms"), column(table, "decides"));
        let (Some(memory), Some(compute), Some(decides)) = (memory, compute, decides) else { continue };
        for row in &table.rows {
            let (Cell::Number(memory), Cell::Number(compute), Cell::Words(word)) =
                (&row[memory], &row[compute], &row[decides])
            else {
                continue;
            };
            let slower = if memory > compute { "memory" } else { "compute" };
            if word.get(Lang::En) != slower && memory != compute {
                faults.push(format!("{} decides, {memory} ms against {compute} ms", word.get(Lang::En)));
            }
        }
    }
    faults
}

/// What sharing saves is what the table of steps says: all the way from MHA to MQA, or no more than that from within.
fn sharing(findings: &Findings, said: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for table in tables(findings, "decode") {
        let Some(rate) = column(table, "tokens/s") else { continue };
        let of = |layout: &str| {
            let is = |row: &&Vec<Cell>| matches!(&row[0], Cell::Words(word) if word.get(Lang::En).starts_with(layout));
            table.rows.iter().find(is).and_then(|row| as_number(&row[rate]))
        };
        let (Some(mha), Some(mqa)) = (of("MHA"), of("MQA")) else { continue };
        let all = 100.0 * (1.0 - mha / mqa);
        let whole = ["together make a step", "From MHA to one key/value head a step becomes"];
        let whole =
            whole.iter().flat_map(|words| after(said, words)).filter(|gain| (gain - all).abs() > 0.06);
        let part = after(said, "from there to one head a step becomes");
        let part = part.into_iter().filter(|gain| !(0.0..=all + 0.06).contains(gain));
        faults.extend(
            whole.chain(part).map(|gain| format!("{gain}% shorter, where MQA is {all}% shorter than MHA")),
        );
    }
    faults
}
