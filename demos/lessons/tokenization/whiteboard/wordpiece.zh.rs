/// 从左往右，每次取能匹配的最长一段。
pub fn wordpiece(word: &str, vocabulary: &[&str], unknown: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let (mut pieces, mut start) = (Vec::new(), 0);
    while start < letters.len() {
        let piece = |end: &usize| {
            let text: String = letters[start..*end].iter().collect();
            if start == 0 { text } else { format!("##{text}") }
        };
        let fits = |end: &usize| vocabulary.contains(&piece(end).as_str());
        let Some(end) = (start + 1..=letters.len()).rev().find(fits) else {
            return vec![unknown.into()]; // 剩下的匹配不上：整个词变成 unk
        };
        pieces.push(piece(&end));
        start = end;
    }
    pieces
}
