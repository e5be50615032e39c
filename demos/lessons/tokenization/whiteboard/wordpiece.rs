/// The longest piece that fits, from the left, again and again.
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
            return vec![unknown.into()]; // one rest without a piece: the whole word is lost
        };
        pieces.push(piece(&end));
        start = end;
    }
    pieces
}
