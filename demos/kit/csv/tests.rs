//! Tables as programs write them.

use super::*;

fn reading(written: &str) -> Result<Csv, Refusal> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), written).unwrap();
    let because = text("a table has less", "表格没有这么大");
    Csv::read(file.path(), &Wanted { flag: "csv", what: text("a table", "表格"), most: 1 << 12, because })
}

fn matrix(written: &str) -> Result<Csv, Refusal> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), written).unwrap();
    let because = text("a table has less", "表格没有这么大");
    Csv::read_matrix(
        file.path(),
        &Wanted { flag: "csv", what: text("a table", "表格"), most: 1 << 12, because },
    )
}

fn said(written: &str) -> String {
    reading(written).unwrap_err().to_string()
}

#[test]
fn separators_quotes_and_blank_lines() {
    for written in
        ["a,b\n1,2\n\n3,4\n", "a;b\r\n1;2\r\n3;4", "\u{feff}a\tb\n1\t2\n3\t4\n", "\"a\", b\n\"1\",2\n3, 4"]
    {
        let csv = reading(written).unwrap();
        assert_eq!(csv.header(), ["a", "b"], "{written:?}");
        assert_eq!(csv.numbers(1).unwrap(), [2.0, 4.0]);
    }
    assert_eq!(reading("a;b\n1,5;2\n").unwrap().numbers(0).unwrap(), [1.5]);
    assert_eq!(reading("text\n\"one, two\"\n").unwrap().texts(0), ["one, two"]);
    assert_eq!(reading("y\n1\n2\n").unwrap().len(), 2);
}

/// \r alone ends a line too.
#[test]
fn lines_of_old_macs_are_counted() {
    for written in ["a,y\r1,2\r2,3\rx,4\r3,3\r", "a,y\r1,2\r2,3\rx,4\r3,3\n", "a,y\r\n1,2\r\n2,3\r\nx,4\r\n"]
    {
        let said = reading(written).unwrap().numbers(0).unwrap_err().to_string();
        assert!(said.contains("line 4"), "{written:?}: {said}");
    }
    assert_eq!(reading("# made today\ra,b\r1,2\r").unwrap().header(), ["a", "b"]);
}

/// Lines before the header, and the header of `numpy.savetxt`.
#[test]
fn comments_are_passed_over() {
    for written in ["# made today\n# by me\na,b\n1,2\n", "# a,b\n1,2\n", "#comment\r\na;b\r\n1;2\r\n"] {
        let csv = reading(written).unwrap();
        assert_eq!(
            (csv.header(), csv.texts(1)),
            (&["a".to_string(), "b".to_string()][..], vec!["2"]),
            "{written}"
        );
    }
    assert_eq!(reading("#,b\n1,2\n").unwrap().header(), ["#", "b"]);
    assert!(said("# made today\na,b\n1,2,3\n").contains("line 3: the row has 3"));
    assert_eq!(reading("# text\none\n").unwrap().header(), ["text"]);
}

#[test]
fn what_is_no_table_is_refused_with_its_line() {
    assert!(said("").contains("it is empty"));
    assert!(said("1,2\n3,4\n").contains("line 1 has numbers"));
    let why = matrix("1,nan\n3,4\n").unwrap_err().to_string();
    assert!(why.ends_with("line 1, column 2: nan is not a finite number"), "{why}");
    assert!(said("a,b\n").contains("no row"));
    assert!(said("{\"a\": 1, \"b\": 2}\n").contains("looks like JSON"));
    assert!(said("\n[ {\"a\": 1},\n {\"a\": 2}]\n").contains("looks like JSON"));
    assert_eq!(reading("[a],{b}\n1,2\n").unwrap().header(), ["[a]", "{b}"]);
    assert!(said("a,b\n1,2\n\n1,2,3\n").contains("line 4: the row has 3, the header 2 columns"));
}

#[test]
fn cells_are_refused_by_line_and_column() {
    let csv = reading("a,b,c,名\n1,x,1e400,中\n,NaN,2,文\n").unwrap();
    let of = |column| csv.numbers(column).unwrap_err().to_string();
    assert!(of(0).ends_with("line 3, column a: the cell is empty"), "{}", of(0));
    assert!(of(1).ends_with("line 2, column b: “x” is not a number"));
    assert!(of(2).ends_with("line 2, column c: 1e400 is not a finite number"));
    assert!(said("a,b,b\n1,2,3\n").contains("several columns are called b"));
    assert!(csv.column("d").unwrap_err().to_string().contains("the columns are a, b, c, 名"));
    assert_eq!(csv.column("A").unwrap(), 0);
    assert_eq!(csv.column_of(&["x", "B"]).unwrap(), 1);
    assert!(csv.column_of(&["x", "y"]).unwrap_err().to_string().contains("no column is called x / y;"));
    assert_eq!(csv.column("名").unwrap(), 3);
}

/// `DataFrame.to_csv()`, `write.csv` of R, and the first read and written again.
#[test]
fn a_count_of_rows_is_never_data() {
    for written in ["\n0,7\n1,8\n", "\n1,7\n2,8\n"] {
        for name in [",x", "\"\",\"x\"", "Unnamed: 0,x"] {
            let csv = reading(&format!("{name}{written}")).unwrap();
            assert_eq!((csv.header(), csv.numeric()), (&["x".to_string()][..], vec![0]), "{name}");
            assert_eq!(csv.numbers(0).unwrap(), [7.0, 8.0]);
            assert!(csv.counted().is_some());
            assert_eq!(csv.spare(&[0]).len(), 1);
        }
    }
    assert_eq!(reading(",Unnamed: 0,x\n0,0,7\n1,1,8\n").unwrap().header(), ["x"]);
    // A sample of the rows has their old numbers: they are not the count, and no data either.
    let sampled = reading(",x\n5,7\n2,8\n").unwrap();
    assert_eq!((sampled.numeric(), sampled.counted()), (vec![1], None));
    assert!(sampled.numbers(0).unwrap_err().to_string().contains("column 1 has numbers and no name"));
    assert!(reading("n,x\n0,7\n1,8\n").unwrap().counted().is_none());
    // Words without a name above them are names.
    let named = reading(",x\nred,7\nblue,8\n").unwrap();
    assert!(named.is_words(0) && named.spare(&[1])[0].get(Lang::En).contains("without a name"));
}

#[test]
fn a_comma_at_the_end_of_every_line_is_no_column() {
    let csv = reading("a,b,\n1,2,\n3,4,\n").unwrap();
    assert_eq!((csv.header().len(), csv.numbers(1).unwrap()), (2, vec![2.0, 4.0]));
    let csv = reading("a,b,\n1,2,\n3,4,5x\n").unwrap();
    assert!(csv.numbers(2).unwrap_err().to_string().contains("line 2, column 3: the cell is empty"));
}

#[test]
fn a_quotation_mark_that_swallows_rows_is_refused_where_it_opens() {
    let swallowed = "line 3: the quotation mark in column text is not closed";
    for written in [
        "text\tlabel\ngood\tx\n\"bad\ty\ngood\tx\nbad\"\ty\ngood\tx\n",
        "text\tlabel\ngood\tx\n\"bad\ty\ngood\tx\nbad\ty\n",
        "text,label\ngood,x\n\"bad,y\ngood,x\nbad\",y\ngood,x\n",
        "text;label\ngood;x\n\"bad;y\ngood;x\nbad;y\n",
        "label,text\nx,good\ny,\"bad\nx,good\ny,bad\"\nx,good\n",
    ] {
        assert!(said(written).contains(swallowed), "{written}: {}", said(written));
    }
    // Texts of several lines, with commas, as people write them.
    for written in [
        "text,label\n\"good, really\nand cheap, too\",x\nbad,y\n",
        "text,label\n\"good\nand cheap, too\",x\nbad,y\n",
        "label,text\nx,\"good, really\nand cheap\"\ny,bad\n",
        "label\ttext\nx\t\"good\nand cheap\"\ny\tbad\n",
        "text\n\"good\nand cheap\"\nbad\n",
    ] {
        assert_eq!(reading(written).unwrap().len(), 2, "{written}");
    }
}

#[test]
fn numbers_as_programs_and_people_write_them() {
    let of = |written: &str| reading(written).unwrap().numbers(0).map_err(|refusal| refusal.to_string());
    assert_eq!(of("a\tb\n0,125\t1\n-1,5e-3\t1\n1,250\t1\n").unwrap(), [0.125, -1.5e-3, 1.25]);
    assert!(of("a\tb\n1,250\t1\n").unwrap_err().contains("write 1250"));
    assert_eq!(of("sep=;\na;b\n1,5;2\n").unwrap(), [1.5]);
    assert!(of("sep=;\na;b\nx;2\n").unwrap_err().contains("line 3, column a"));
    assert_eq!(of("a,b\n−3,1\n").unwrap(), [-3.0]);
    assert_eq!(of("a,b\n－７.５,1\n").unwrap(), [-7.5]);
    for (cell, plain) in [
        ("\"10,377\"", "10377"),
        ("12.5 %", "0.125, or 12.5 where the column is in percent"),
        ("\"0,125\"", "0.125"),
        ("1 250.5", "1250.5"),
    ] {
        let why = of(&format!("a,b\n{cell},1\n")).unwrap_err();
        assert!(why.ends_with(&format!("write {plain}")), "{why}");
    }
    for cell in ["2024-01-05", "10:30", "1.2.3", "\"1,2,3\"", "12 34", "%"] {
        assert!(of(&format!("a,b\n{cell},1\n")).unwrap_err().ends_with("is not a number"), "{cell}");
    }
    assert!(said("a b c\n1 2 3\n4 5 6\n").contains("columns are not separated"));
    assert!(said("a | b\n1 | 2\n").contains("columns are not separated"));
    assert!(said("甲，乙\n1，2\n").contains("columns are not separated"));
}

/// Off by a thousand is worse than refused.
#[test]
fn the_decimal_point_is_the_one_that_the_file_shows() {
    let of = |written: &str, column| {
        reading(written).unwrap().numbers(column).map_err(|refusal| refusal.to_string())
    };
    let points = "a;b\n1,234;0.5\n2,345;0.25\n";
    assert!(
        of(points, 0)
            .unwrap_err()
            .ends_with("line 2, column a: “1,234” is not a number as it is written; write 1234")
    );
    assert_eq!(of(points, 1).unwrap(), [0.5, 0.25]);
    let commas = "a;b\n1.234;0,5\n2.345;0,25\n";
    assert!(of(commas, 0).unwrap_err().contains("line 2, column a: “1.234” has a point"));
    assert!(of(commas, 0).unwrap_err().contains("write 1234, or points for all"));
    assert_eq!(of(commas, 1).unwrap(), [0.5, 0.25]);
    assert!(of("a\tb\n1.5\t0,5\n", 0).unwrap_err().contains("write 1,5, or"));
    assert!(of("a;b\n1.234,5;0,5\n", 0).unwrap_err().contains("write 1234,5, or"));
    assert!(of("a;b\n0.500;0,5\n", 0).unwrap_err().contains("write 0,500, or"));
    assert!(of("a;b\n10,5 %;1\n", 0).unwrap_err().contains("write 0,105, or 10,5 where"));
    // The whole numbers of a German table, and points alone.
    assert_eq!(of("a;b\n1,234;1\n2,345;2\n", 0).unwrap(), [1.234, 2.345]);
    assert_eq!(of("a;b\n1.234;1\n2.345;2\n", 0).unwrap(), [1.234, 2.345]);
    assert!(of("a;b\n1,234,567;1\n2,345;2\n", 0).unwrap_err().ends_with("write 1234567"));
    let csv = reading("size;loss\n1,100B;3,25\n7B;2,5\n").unwrap();
    let sizes = csv.numbers_or(0, |cell| cell.strip_suffix('B').and_then(|number| number.parse().ok()));
    assert_eq!(sizes.unwrap(), [1.1, 7.0]);
    assert_eq!(csv.pointed("1,100B").unwrap(), "1.100B");
    assert!(csv.pointed("1.100B").unwrap_err().get(Lang::En).contains("write 1100B, or"));
    assert!(!reading("a;b\n1.234;0,5\n").unwrap().is_words(0));
}

/// Quoted cells have no separators, and a table has as many cells in every row.
#[test]
fn the_separator_makes_a_table() {
    let csv = reading("\"Gewicht, kg\";y\n1,5;2\n3;2\n").unwrap();
    assert_eq!((csv.header()[0].as_str(), csv.numbers(0).unwrap()), ("Gewicht, kg", vec![1.5, 3.0]));
    let csv = reading("Gewicht, kg;Höhe, m;y\n1,5;2;3\n2;2,5;4\n").unwrap();
    assert_eq!((csv.header().len(), csv.numbers(1).unwrap()), (3, vec![2.0, 2.5]));
    for written in ["0,9;0,2\n0,1;0,8\n", "0,9;0,2;0,1\n0,1;0,8;0,3\n", "0,9;0,2\n"] {
        let csv = matrix(written).unwrap();
        assert_eq!((csv.numbers(0).unwrap()[0], csv.numbers(1).unwrap()[0]), (0.9, 0.2), "{written}");
        assert!(said(written).contains("line 1 has numbers"));
    }
    assert_eq!(reading("a;b,c\nx;y,z\n").unwrap().header(), ["a;b", "c"]);
}

#[test]
fn blanks_are_kept_where_they_are_asked_for() {
    let csv = reading("token,logit\n the, 1\nthe,0\n\"\n\",2\n").unwrap();
    let verbatim: Vec<&str> = csv.verbatim(0).map(|(_, cell)| cell).collect();
    assert_eq!((verbatim, csv.texts(0)), (vec![" the", "the", "\n"], vec!["the", "the", ""]));
    assert_eq!(csv.numbers(1).unwrap(), [1.0, 0.0, 2.0]);
}

#[test]
fn words_may_be_called_nan() {
    let csv = reading("name,all,part\nAnn,nan,1\nNan,nan,x\ninf,inf,y\n").unwrap();
    assert_eq!([0, 1, 2].map(|column| csv.is_words(column)), [true, false, false]);
}

#[test]
fn a_unit_may_stand_behind_a_name() {
    let csv = reading("Params (M),Tokens(billion),loss,size (x)\n1,2,3,4\n").unwrap();
    assert_eq!(csv.column_in_units(&["N", "params"]).unwrap(), (0, 1e6));
    assert_eq!(csv.column_in_units(&["tokens"]).unwrap(), (1, 1e9));
    assert_eq!(csv.column_in_units(&["loss"]).unwrap(), (2, 1.0));
    assert!(csv.column_in_units(&["size"]).unwrap_err().to_string().contains("no column is called size"));
    let csv = reading("参数量（亿）,tokens_b,flops (1e21),n_layers,loss\n1,2,3,4,5\n").unwrap();
    assert_eq!(csv.column_in_units(&["参数量"]).unwrap(), (0, 1e8));
    assert_eq!(csv.column_in_units(&["tokens"]).unwrap(), (1, 1e9));
    assert_eq!(csv.column_in_units(&["flops"]).unwrap(), (2, 1e21));
    let refused = csv.column_in_units(&["N"]).unwrap_err().to_string();
    assert!(refused.contains("(万), (亿)"), "{refused}");
}

/// What pandas and numpy write of a matrix.
#[test]
fn a_matrix_needs_no_names() {
    let three = [1.0, 4.0];
    for written in [
        "0,1,2\n1,2,3\n4,5,6\n",
        ",0,1,2\n0,1,2,3\n1,4,5,6\n",
        "1.0,2.0,3.0\n4.0,5.0,6.0\n",
        "a,b,c\n1,2,3\n4,5,6\n",
    ] {
        assert_eq!(matrix(written).unwrap().numbers(0).unwrap(), three, "{written}");
    }
    // Two of them may be names or data.
    assert!(matrix("0,1\n1,0\n").unwrap_err().to_string().contains("line 1 may count"));
    assert!(said("0,1,2\n1,2,3\n").contains("line 1 has numbers"));
}
