//! The documents are whole, say what they show, and never change.

use roxmltree::{Document, Node};

use super::frame::wide;
use super::paper::{HEIGHT, WIDTH};
use super::svg;
use crate::kit::text::Lang;
use crate::render::samples::{crossing, degenerate, heat, lines, ordinary};

/// All texts in the drawing.
fn texts(document: &str) -> Vec<String> {
    let document = Document::parse(document).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name(name(&document, "text")));
    texts.filter_map(|node| node.text()).map(|text| text.trim().to_string()).collect()
}

fn name<'a>(document: &'a Document, tag: &'a str) -> (&'a str, &'a str) {
    (document.root_element().tag_name().namespace().unwrap(), tag)
}

#[test]
fn documents_are_well_formed_and_described() {
    for figure in ordinary() {
        for lang in Lang::ALL {
            let drawn = svg(&figure, lang);
            let document = Document::parse(&drawn).unwrap();
            let root = document.root_element();
            let first: Vec<Node> = root.children().filter(Node::is_element).take(2).collect();
            assert_eq!(first[0].tag_name().name(), "title");
            assert_eq!(first[0].text(), Some(figure.title.get(lang)));
            assert_eq!(first[1].tag_name().name(), "desc");
            assert_eq!(first[1].text(), Some(figure.description.get(lang)));
            assert_eq!(root.attribute("role"), Some("img"));
            assert!(drawn.ends_with("</svg>\n"));
        }
    }
}

#[test]
fn drawing_twice_gives_the_same_bytes() {
    for figure in ordinary() {
        assert_eq!(svg(&figure, Lang::En), svg(&figure, Lang::En));
    }
}

#[test]
fn rounding_errors_do_not_move_anything() {
    let points = |nudge: f64| (1..40).map(|i| (f64::from(i), (f64::from(i) * 0.1).cos() * nudge)).collect();
    let [exact, nudged] =
        [1.0, 1.0 + 1e-14].map(|nudge| lines(points(nudge), crate::kit::figure::Axis::linear));
    assert_eq!(svg(&exact, Lang::En), svg(&nudged, Lang::En));
}

#[test]
fn odd_data_is_drawn_without_it() {
    for figure in degenerate() {
        let drawn = svg(&figure, Lang::Zh);
        Document::parse(&drawn).unwrap();
    }
}

#[test]
fn everything_lies_on_the_sheet() {
    for figure in ordinary().into_iter().chain(degenerate()) {
        let drawn = svg(&figure, Lang::En);
        let document = Document::parse(&drawn).unwrap();
        for node in document.descendants() {
            for (attribute, limit) in [("x", WIDTH), ("y", HEIGHT), ("cx", WIDTH), ("cy", HEIGHT)] {
                let place: i32 = node.attribute(attribute).map_or(0, |value| value.parse().unwrap());
                assert!((0..=limit).contains(&place), "{node:?}");
            }
            for size in ["width", "height"] {
                assert!(node.attribute(size).is_none_or(|value| value.parse::<u32>().is_ok()), "{node:?}");
            }
        }
    }
}

#[test]
fn no_text_is_cut_at_an_edge() {
    for (figure, lang) in
        ordinary().into_iter().flat_map(|figure| Lang::ALL.map(|lang| (figure.clone(), lang)))
    {
        let drawn = svg(&figure, lang);
        let document = Document::parse(&drawn).unwrap();
        for node in document.descendants().filter(|node| node.has_tag_name(name(&document, "text"))) {
            let number = |attribute| node.attribute(attribute).unwrap().parse::<f64>().unwrap();
            let length = wide(node.text().unwrap().trim(), number("font-size").round() as i32);
            let upwards = node.has_attribute("transform");
            let (start, limit) =
                if upwards { (HEIGHT - number("y") as i32, HEIGHT) } else { (number("x") as i32, WIDTH) };
            let start = match node.attribute("text-anchor") {
                Some("start") => start,
                Some("end") => start - length,
                _ => start - length / 2,
            };
            assert!(start >= 0 && start + length <= limit, "{node:?} {:?}", node.text());
        }
    }
}

#[test]
fn every_series_is_named_and_has_its_own_colour() {
    let drawn = svg(&crossing(), Lang::En);
    let texts = texts(&drawn).join(" ");
    for name in
        ["quadratic", "linear, with a", "formula", "constant", "n = 128", "time (s)", "length n (tokens)"]
    {
        assert!(texts.contains(name), "{name}: {texts}");
    }
    for colour in ["#0072B2", "#D55E00", "#005E45", "#7A4864"] {
        assert!(drawn.contains(colour), "{colour}");
    }
}

#[test]
fn decades_lie_at_equal_distances() {
    let points = vec![(1.0, 1e-3), (2.0, 1.0), (4.0, 1e3)];
    let drawn = svg(&lines(points, crate::kit::figure::Axis::log), Lang::En);
    let document = Document::parse(&drawn).unwrap();
    let row = |text: &str| -> i32 {
        let is = |node: &Node| {
            node.has_tag_name(name(&document, "text")) && node.text().is_some_and(|t| t.trim() == text)
        };
        document.descendants().find(is).unwrap().attribute("y").unwrap().parse().unwrap()
    };
    let rows = ["0.001", "0.01", "0.1", "1", "10", "100", "1000"].map(row);
    let gaps: Vec<i32> = rows.windows(2).map(|pair| pair[0] - pair[1]).collect();
    assert!(gaps.iter().all(|gap| (gap - gaps[0]).abs() <= 1), "{gaps:?}");
}

#[test]
fn small_matrices_show_their_values_and_large_ones_their_means() {
    let small = texts(&svg(&heat(2, 2, |i, j| i as f64 / 2.0 + j as f64 / 4.0), Lang::Zh));
    for text in ["0", "0.25", "0.50", "0.75", "我", "爱", "查询", "键"] {
        assert!(small.iter().any(|t| t == text), "{text}: {small:?}");
    }
    let large = texts(&svg(&heat(200, 200, |_, _| 0.5), Lang::En));
    assert!(large.iter().any(|text| text == "key (every cell is the mean of 4 × 4 values)"), "{large:?}");
}
