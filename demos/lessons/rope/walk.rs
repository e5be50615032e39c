//! The steps: one pair, the score, the layouts, longer contexts, the cost.

use concepts::numerics::{max_difference, normal, rng};
use concepts::position::rope::{Layout, Rope, RopeCache, layout_permutation, rotate_by_complex};
use ndarray::{Array2, Array3, Axis};

use super::experiments::counting::{block_operations, rotation_operations};
use super::experiments::decay::first_negative;
use super::experiments::extension::{extended, incomplete};
use super::experiments::score::{Content, Product, content, product, score, score_by_matrix, shift_error};
use super::setup::{METHODS, Setup};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

/// Random places at which the relative property is tried.
const TRIALS: usize = 200;
/// Places up to which it is tried.
const FARTHEST: i64 = 4096;

pub(super) fn walk(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    one_pair(setup, &mut f)?;
    scores(setup, &mut f)?;
    layouts(setup, &mut f)?;
    let negative = first_negative(&setup.used, 100_000);
    f.words(
        "first_negative",
        negative.map_or(text("beyond 100000", "100000 以外"), |r| Text::same(r.to_string())),
    );
    longer(setup, &mut f);
    cost(&mut f);
    Ok(f)
}

/// The pair that is shown: fast enough to see it turn.
pub(super) fn shown_pair(setup: &Setup) -> usize {
    setup.used.len() / 8
}

fn one_pair(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let i = shown_pair(setup);
    let theta = setup.used[i];
    f.number("pair", (i + 1) as f64);
    f.number("pairs", setup.used.len() as f64);
    f.number("theta", theta);
    f.formula("f_rotate", r"\begin{pmatrix}a'\\ b'\end{pmatrix} = \begin{pmatrix}\cos m\theta & -\sin m\theta\\ \sin m\theta & \cos m\theta\end{pmatrix}\begin{pmatrix}a\\ b\end{pmatrix}", "a′ = a·cos mθ − b·sin mθ    b′ = a·sin mθ + b·cos mθ");
    let rows = (0..=6).map(|m| {
        let (sin, cos) = (m as f64 * theta).sin_cos();
        // The pair (1, 0), so that what is seen is the rotation itself.
        [m as f64, (m as f64 * theta).to_degrees() % 360.0, cos, sin, cos.hypot(sin)]
            .map(Cell::Number)
            .to_vec()
    });
    f.table(
        "steps",
        Table {
            caption: text("The pair (1, 0), place by place", "(1, 0) 这一对，逐个位置旋转"),
            head: vec![
                text("place m", "位置 m"),
                text("angle, degrees", "角度（度）"),
                Text::same("a′"),
                Text::same("b′"),
                text("length", "长度"),
            ],
            rows: rows.collect(),
        },
    );
    let x = normal((16, setup.head_dim), 1.0, &mut rng(setup.seed, "norms"));
    let places: Vec<i64> = (0..16).map(|i| i * 1234).collect();
    let turned = rotate_by_complex(x.view(), &places, &setup.used, setup.layout)?;
    let norm = |x: &Array2<f64>| x.map_axis(Axis(1), |row| row.dot(&row).sqrt()).insert_axis(Axis(1));
    f.number("norm_error", max_difference(&norm(&turned), &norm(&x)));
    f.formula(
        "f_theta",
        r"\theta_i = \mathrm{base}^{-2i/d},\quad i = 0, \dots, d/2 - 1",
        "θᵢ = base^(−2i/d)    i = 0, …, d/2 − 1",
    );
    Ok(())
}

fn scores(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let c = content(setup.head_dim, setup.seed, "walk content");
    let (m, n) = (setup.m, setup.n);
    let at = |m, n| score(&c, m, n, &setup.used, setup.layout);
    f.number("m", m as f64);
    f.number("n", n as f64);
    f.formula(
        "f_score",
        r"s(m, n) = (R_m q)^\top (R_n k) = \mathrm{Re} \sum_j q_j \bar k_j\, e^{i(m-n)\theta_j}",
        "s(m, n) = (R_m·q)ᵀ(R_n·k) = Re Σⱼ qⱼ·k̄ⱼ·e^(i(m−n)θⱼ)",
    );
    let three = [
        (text("rotation matrices", "旋转矩阵"), score_by_matrix(&c, m, n, &setup.used, setup.layout)),
        (
            text("complex numbers", "复数"),
            product(&c, (m, n), &setup.used, setup.layout, Product::Conjugate).0,
        ),
        (text("fast kernel, f32", "快速 kernel（f32）"), by_kernel(setup, &c)?),
    ];
    f.table(
        "forms",
        Table {
            caption: text("One score, three ways", "同一个分数，三种算法"),
            head: vec![text("computed by", "算法"), Text::same(format!("s({m}, {n})"))],
            rows: three
                .into_iter()
                .map(|(name, s)| vec![name.into(), Cell::Words(Text::same(format!("{s:.6}")))])
                .collect(),
        },
    );
    f.table("conjugate", conjugate(setup, &c));
    f.number("trials", TRIALS as f64);
    f.number("shift_error", shift_error(TRIALS, FARTHEST, setup.seed, at));
    let offset = (m - n).abs().max(1);
    f.number("offset", offset as f64);
    f.number("score_plus", at(offset, 0));
    f.number("score_minus", at(0, offset));
    Ok(())
}

/// The score through the kernel that a model would use.
fn by_kernel(setup: &Setup, c: &Content) -> Result<f64, concepts::position::PositionError> {
    let furthest = setup.m.max(setup.n) as usize;
    let cache = RopeCache::new(&setup.used, furthest + 1, 1.0)?;
    let rope = Rope::with_cache(setup.head_dim, cache, setup.layout)?;
    let turned = |x: &Array2<f64>, at: i64| -> Result<Array3<f32>, concepts::position::PositionError> {
        // (1 head, 1 token, head_dim)
        let mut x = x.mapv(|x| x as f32).insert_axis(Axis(0));
        rope.apply(&mut x.view_mut(), at as usize)?;
        Ok(x)
    };
    Ok(f64::from((turned(&c.q, setup.m)? * turned(&c.k, setup.n)?).sum()))
}

/// With and without the conjugate, at places that share a difference or a sum.
fn conjugate(setup: &Setup, c: &Content) -> Table {
    let (m, n) = (setup.m, setup.n);
    let complex = |(re, im): (f64, f64)| {
        Cell::Words(Text::same(format!("{re:.3} {} {:.3}i", if im < 0.0 { '−' } else { '+' }, im.abs())))
    };
    let places = [
        (text("as given", "给定位置"), (m, n)),
        (text("both 5 on: same difference", "都加 5：差相同"), (m + 5, n + 5)),
        (text("2 up, 2 down: same sum", "m 加 2、n 减 2：和相同"), (m + 2, n - 2)),
    ];
    let rows = places.into_iter().map(|(name, at)| {
        let of = |how| complex(product(c, at, &setup.used, setup.layout, how));
        vec![
            name.into(),
            Cell::Words(Text::same(format!("({}, {})", at.0, at.1))),
            of(Product::Conjugate),
            of(Product::Plain),
        ]
    });
    Table {
        caption: text(
            "Only the left column keeps still when the difference does",
            "差不变时，只有“取共轭”那一列不变",
        ),
        head: vec![
            text("places", "位置"),
            Text::same("(m, n)"),
            text("Σ q·k̄, conjugate", "Σ q·k̄，取共轭"),
            text("Σ q·k, as written", "Σ q·k，原写法"),
        ],
        rows: rows.collect(),
    }
}

fn layouts(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let c = content(setup.head_dim, setup.seed, "layout content");
    let permutation = layout_permutation(setup.head_dim)?;
    let moved = Content { q: c.q.select(Axis(1), &permutation), k: c.k.select(Axis(1), &permutation) };
    // Two different places: at one and the same nothing is turned, whatever the layout.
    let (m, n) = ((setup.m - setup.n).abs().max(1), 0);
    let interleaved = score(&c, m, n, &setup.used, Layout::Interleaved);
    f.number("layout_same", (score(&moved, m, n, &setup.used, Layout::Halves) - interleaved).abs());
    f.number("layout_mixed", (score(&c, m, n, &setup.used, Layout::Halves) - interleaved).abs());
    let shown = permutation.len().min(8);
    let half = permutation.len() / 2;
    let row = |name: Text, features: Vec<usize>| {
        let list: Vec<String> = features.iter().map(ToString::to_string).collect();
        vec![name.into(), Cell::Words(Text::same(list.join(" ")))]
    };
    f.table(
        "permutation",
        Table {
            caption: text(
                "Which interleaved feature stands where among the halves",
                "halves 排列的各维，分别是 interleaved 的第几维",
            ),
            head: vec![text("halves", "halves"), text("interleaved features", "interleaved 的第几维")],
            rows: vec![
                row(text("first ones", "前半开头"), permutation[..shown.min(half)].to_vec()),
                row(
                    text("from the middle", "后半开头"),
                    permutation[half..(half + shown).min(permutation.len())].to_vec(),
                ),
            ],
        },
    );
    Ok(())
}

fn longer(setup: &Setup, f: &mut Findings) {
    f.number("train_len", setup.train_len as f64);
    f.number("len", setup.len as f64);
    f.number("incomplete", incomplete(&setup.trained, setup.train_len) as f64);
    f.formula("f_scaling", r"\text{PI: } \theta/s;\quad \text{NTK: } \mathrm{base}' = \mathrm{base}\cdot s^{d/(d-2)};\quad \text{YaRN: } (1-\gamma)\theta/s + \gamma\theta,\ \sqrt{1/t} = 0.1\ln s + 1", "PI: θ/s    NTK: base′ = base·s^(d/(d−2))    YaRN: (1−γ)·θ/s + γ·θ, √(1/t) = 0.1·ln s + 1    s = length / trained length");
    let outside = |name| extended(name, setup.head_dim, setup.base, setup.train_len, setup.len).outside;
    f.number("outside_none", outside("none"));
    f.number("outside_ntk", outside("ntk"));
    let rows = METHODS.iter().map(|name| {
        let e = extended(name, setup.head_dim, setup.base, setup.train_len, setup.len);
        let mark = if *name == setup.scaling { format!("{name} ←") } else { (*name).to_string() };
        vec![
            Cell::Words(Text::same(mark)),
            Cell::Number(e.outside),
            Cell::Number(e.farthest),
            Cell::Number(e.sharpened),
        ]
    });
    f.table(
        "methods",
        Table {
            caption: text("Pairs that meet angles they never saw", "有几对会遇到没见过的角度"),
            head: vec![
                text("method", "方法"),
                text("pairs outside", "几对越界"),
                text("largest phase / trained", "最大相位 / 训练时"),
                text("logits times", "logits 乘以"),
            ],
            rows: rows.collect(),
        },
    );
}

fn cost(f: &mut Findings) {
    const WIDTH: usize = 4096;
    const LEN: usize = 2048;
    let (rotation, block) = (rotation_operations(WIDTH) as f64, block_operations(WIDTH, LEN) as f64);
    f.number("rope_flops", rotation);
    f.number("cost_width", WIDTH as f64);
    f.number("block_flops", block);
    f.number("cost_len", LEN as f64);
    f.number("cost_share", rotation / block);
}
