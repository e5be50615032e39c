//! The steps, from what attention cannot see to five ways of showing it.

use std::f64::consts::TAU;

use concepts::attention::Mask;
use concepts::numerics::rng;
use concepts::position::{LearnedTable, alibi_slopes, sinusoidal_frequencies, sinusoidal_shift, wavelengths};
use ndarray::{Array2, Axis};

use super::experiments::order::{
    D, HEADS as STACK_HEADS, Stack, counting_error, last_token_moves, reversed, shuffled, tokens,
};
use super::experiments::sinusoid::{
    by_offset, first_rise, projected_spread, shift_error, table, unseen_pairs,
};
use super::published::LEARNED;
use super::setup::{HEADS, Setup, additive, inside};
use crate::kit::findings::{Cell, Findings, Matrix, Table};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

pub(super) fn walk(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    sentence(setup, &mut f)?;
    symmetry(setup, &mut f);
    sinusoidal(setup, &mut f)?;
    relative(setup, &mut f)?;
    learned(setup, &mut f)?;
    biases(&mut f)?;
    f.table("schemes", schemes(setup)?);
    Ok(f)
}

/// How far each token's output moves when the sentence is turned round.
fn moves(setup: &Setup, add: &Array2<f64>, positions: &dyn concepts::attention::Positions) -> Vec<f64> {
    let Ok(stack) = Stack::new(1, setup.d_model, HEADS, setup.seed) else { return Vec::new() };
    let out = |x: &Array2<f64>| stack.run(&(x + add), &Mask::None, positions) - add;
    let change = reversed(&out(&reversed(&setup.x))) - out(&setup.x);
    change.map_axis(Axis(1), |row| row.fold(0.0_f64, |most, x| most.max(x.abs()))).to_vec()
}

fn sentence(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let tokens = &setup.tokens;
    let none = moves(setup, &Array2::zeros(setup.x.dim()), &concepts::attention::NoPositions);
    let with = moves(setup, &setup.add, setup.inside.as_ref());
    let joined = |words: Vec<&str>| Text::same(words.join(" "));
    f.words("sentence", joined(tokens.iter().map(String::as_str).collect()));
    f.words("shuffled", joined(tokens.iter().rev().map(String::as_str).collect()));
    f.words("scheme", Text::same(setup.name.clone()));
    f.number("order_none", none.iter().copied().fold(0.0, f64::max));
    f.number("order_scheme", with.iter().copied().fold(0.0, f64::max));
    let rows =
        tokens.iter().zip(none.iter().zip(&with)).enumerate().take(20).map(|(i, (token, (none, with)))| {
            vec![
                Cell::Words(Text::same(token.clone())),
                Cell::Number((i + 1) as f64),
                Cell::Number((tokens.len() - i) as f64),
                Cell::Number(*none),
                Cell::Number(*with),
            ]
        });
    f.table(
        "order",
        Table {
            caption: text(
                "How far each token's output moves when the sentence is turned round",
                "句子倒过来，每个 token 的输出变化多少",
            ),
            head: vec![
                text("token", "token"),
                text("place", "位置"),
                text("place after", "倒过来后"),
                text("no positions", "没有位置编码"),
                Text::same(setup.name.clone()),
            ],
            rows: rows.collect(),
        },
    );
    Ok(())
}

fn symmetry(setup: &Setup, f: &mut Findings) {
    f.formula(
        "f_equivariance",
        r"f(PX) = P f(X) \quad \text{equivariant}, \qquad f(PX) = f(X) \quad \text{invariant}",
        "f(P·X) = P·f(X)  equivariant        f(P·X) = f(X)  invariant",
    );
    let x = tokens(6, setup.seed);
    if let Ok(stack) = Stack::new(2, D, STACK_HEADS, setup.seed) {
        let s = shuffled(&x, |x| stack.run(x, &Mask::None, &concepts::attention::NoPositions));
        f.number("equivariance", s.equivariance);
        f.number("invariance", s.invariance);
        f.number("pooled", s.pooled);
    }
    let rows = (1..=3).map(|depth| {
        let moved = |mask| Cell::Number(last_token_moves(depth, mask, setup.seed));
        vec![Cell::Number(depth as f64), moved(&Mask::None), moved(&Mask::Causal)]
    });
    f.table(
        "depth",
        Table {
            caption: text(
                "How far the last token's output moves when all before it are reordered",
                "打乱前面的 token，最后一个 token 的输出变化多少",
            ),
            head: vec![text("layers", "层数"), text("no mask", "无 mask"), text("causal mask", "因果 mask")],
            rows: rows.collect(),
        },
    );
    f.number("count_error", counting_error(16, &Mask::Causal));
}

fn sinusoidal(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let lengths = wavelengths(&sinusoidal_frequencies(setup.d_model, setup.base)?);
    f.formula("f_sinusoidal", r"PE(p, 2i) = \sin(p\,\omega_i),\; PE(p, 2i+1) = \cos(p\,\omega_i),\; \omega_i = \mathrm{base}^{-2i/d}", "PE(p, 2i) = sin(p·ωᵢ)    PE(p, 2i+1) = cos(p·ωᵢ)    ωᵢ = base^(−2i/d)");
    f.number("wavelength_first", lengths.first().copied().unwrap_or(TAU));
    f.number("wavelength_last", lengths.last().copied().unwrap_or(TAU));
    f.number("pairs", lengths.len() as f64);
    f.number("seq", setup.seq as f64);
    f.number("unseen", unseen_pairs(setup.d_model, setup.base, setup.seq) as f64);
    Ok(())
}

fn relative(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let k = 3.min(setup.seq - 1);
    let shift = sinusoidal_shift(k as i64, setup.d_model, setup.base)?;
    let whole = table(setup.seq, setup.d_model, setup.base);
    let dots = by_offset(&whole);
    // Row p against the row k before it, and the row k after it, from the middle of the table.
    let middle = setup.seq / 2;
    let about = whole.dot(&whole.row(middle));
    let even =
        (1..=middle.min(setup.seq - 1 - middle)).map(|k| (about[middle + k] - about[middle - k]).abs());
    f.formula("f_shift", r"PE(p + k) = R(k)\,PE(p)", "PE(p + k) = R(k)·PE(p)");
    f.number("shift_by", k as f64);
    f.matrix(
        "shift",
        Matrix {
            symbol: format!("R({k})"),
            caption: text(
                "one rotation a pair, the same for every place",
                "每一对各转一个角度，对所有位置都一样",
            ),
            rows: Vec::new(),
            cols: Vec::new(),
            data: shift,
        },
    );
    f.number("shift_error", shift_error(&whole, k, setup.base));
    f.number("projected_spread", projected_spread(k, setup.seed));
    f.number("offset_even", even.fold(0.0, f64::max));
    let rise = first_rise(&dots)
        .map_or(text("none within this table", "（表内没有回升）"), |k| Text::same(k.to_string()));
    f.words("first_rise", rise);
    Ok(())
}

fn learned(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let table = LearnedTable::random(setup.seq, setup.d_model, 0.02, &mut rng(setup.seed, "learned limit"))?;
    let error = table.row(setup.seq).err().map_or(String::new(), |error| error.to_string());
    f.words("learned_error", Text::same(error));
    let rows = LEARNED.iter().map(|model| {
        let parameters = (model.len * model.width) as f64;
        vec![
            Cell::Words(Text::same(model.name)),
            Cell::Number(model.len as f64),
            Cell::Number(model.width as f64),
            Cell::Number(parameters),
            Cell::Words(Text::same(format!("{:.3} %", parameters / model.millions / 1e4))),
        ]
    });
    f.table(
        "parameters",
        Table {
            caption: text("Learned tables of published models", "公开模型的可学习位置表"),
            head: vec![
                text("model", "模型"),
                text("places", "位置数"),
                text("d_model", "d_model"),
                text("parameters", "参数量"),
                text("of all", "占总参数"),
            ],
            rows: rows.collect(),
        },
    );
    Ok(())
}

fn biases(f: &mut Findings) -> Result<(), Refusal> {
    f.formula(
        "f_alibi",
        r"S_{ij} = \frac{q_i \cdot k_j}{\sqrt{d_k}} - m_h\,|i - j|, \quad m_h = 2^{-8h/H}",
        "Sᵢⱼ = qᵢ·kⱼ/√dₖ − m_h·|i − j|    m_h = 2^(−8h/H)",
    );
    let row = |heads: usize| -> Result<Vec<Cell>, Refusal> {
        let slopes = alibi_slopes(heads)?;
        let shown: Vec<String> = slopes.iter().map(|slope| crate::kit::number::plain(*slope)).collect();
        Ok(vec![Cell::Number(heads as f64), Cell::Words(Text::same(shown.join("  ")))])
    };
    f.table(
        "slopes",
        Table {
            caption: text(
                "ALiBi's slopes m_h; twelve heads take those of eight and every second of sixteen",
                "ALiBi 的斜率 m_h；12 个头：先取 8 个头的，再从 16 个头的里隔一个取一个",
            ),
            head: vec![text("heads", "头数"), text("slopes", "斜率")],
            rows: vec![row(8)?, row(12)?],
        },
    );
    Ok(())
}

/// Every scheme on the same sentence.
fn schemes(setup: &Setup) -> Result<Table, Refusal> {
    let rows = [
        ("none", text("–", "–"), text("anywhere", "任意")),
        ("sinusoidal", text("input", "输入"), text("anywhere", "任意")),
        ("learned", text("input", "输入"), text("its table", "表内")),
        ("alibi", text("scores", "分数"), text("anywhere", "任意")),
        ("t5", text("scores", "分数"), text("anywhere", "任意")),
        ("rope", text("q and k", "q 和 k"), text("anywhere", "任意")),
    ];
    let rows = rows.into_iter().map(|(name, place, defined)| {
        let add = additive(name, setup.tokens.len(), setup.d_model, setup.base, setup.seed)?;
        let inside = inside(name, setup.d_model, setup.base, setup.seed)?;
        let moved = moves(setup, &add, inside.as_ref()).into_iter().fold(0.0, f64::max);
        Ok(vec![Cell::Words(Text::same(name)), Cell::Words(place), Cell::Number(moved), Cell::Words(defined)])
    });
    Ok(Table {
        caption: text("The sentence turned round, once more", "同一个句子倒过来，各方案再比一次"),
        head: vec![
            text("scheme", "方案"),
            text("acts on", "作用于"),
            text("output moves by", "输出变化"),
            text("defined", "有定义的位置"),
        ],
        rows: rows.collect::<Result<_, Refusal>>()?,
    })
}
