//! The value of an expression, by a small parser.

use super::EmergenceError;

/// Brackets and signs inside each other, at most.
const MOST_DEEP: usize = 100;

/// One step of a computation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// On the left.
    pub left: f64,
    /// `+`, `-`, `*` or `/`.
    pub operator: char,
    /// On the right.
    pub right: f64,
    /// What comes out.
    pub value: f64,
}

/// The value of an expression, and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluated {
    /// The value.
    pub value: f64,
    /// Every operation in the order in which it is carried out.
    pub steps: Vec<Step>,
}

/// Evaluates an expression of numbers, `+ - * /` and brackets: products before sums, equals from left to right.
///
/// `−`, `×` and `÷` are read as `-`, `*` and `/`.
///
/// # Formula
/// `sum = product {("+" | "-") product}`, `product = signed {("*" | "/") signed}`, `signed = {"-"} (number | "(" sum ")")`
///
/// # Errors
/// [`EmergenceError::Unexpected`], [`EmergenceError::Unfinished`], [`EmergenceError::TooDeep`],
/// [`EmergenceError::NoNumber`]
///
/// # Examples
/// ```
/// use concepts::emergence::evaluate;
/// assert_eq!(evaluate("2 + 3 × (4 − 1)")?.value, 11.0);
/// assert_eq!(evaluate("10-4-3")?.steps.len(), 2);
/// assert!(evaluate("1/0").is_err());
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
pub fn evaluate(expression: &str) -> Result<Evaluated, EmergenceError> {
    let signs: Vec<(usize, char)> = expression
        .chars()
        .enumerate()
        .filter(|(_, c)| !c.is_whitespace())
        .map(|(at, c)| (at + 1, plain(c)))
        .collect();
    let mut parser = Parser { signs: &signs, next: 0, steps: Vec::new() };
    let value = parser.sum(0)?;
    match parser.peek() {
        None => Ok(Evaluated { value, steps: parser.steps }),
        Some(found) => Err(parser.unexpected(found)),
    }
}

fn plain(c: char) -> char {
    match c {
        '−' | '–' => '-',
        '×' | '·' => '*',
        '÷' => '/',
        '（' => '(',
        '）' => ')',
        c => c,
    }
}

struct Parser<'a> {
    signs: &'a [(usize, char)],
    next: usize,
    steps: Vec<Step>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.signs.get(self.next).map(|(_, c)| *c)
    }

    fn take(&mut self, wanted: &[char]) -> Option<char> {
        let found = self.peek().filter(|c| wanted.contains(c))?;
        self.next += 1;
        Some(found)
    }

    fn unexpected(&self, found: char) -> EmergenceError {
        EmergenceError::Unexpected { at: self.signs[self.next].0, found }
    }

    fn sum(&mut self, depth: usize) -> Result<f64, EmergenceError> {
        let mut value = self.product(depth)?;
        while let Some(operator) = self.take(&['+', '-']) {
            let right = self.product(depth)?;
            value = self.operate(value, operator, right)?;
        }
        Ok(value)
    }

    fn product(&mut self, depth: usize) -> Result<f64, EmergenceError> {
        let mut value = self.signed(depth)?;
        while let Some(operator) = self.take(&['*', '/']) {
            let right = self.signed(depth)?;
            value = self.operate(value, operator, right)?;
        }
        Ok(value)
    }

    fn signed(&mut self, depth: usize) -> Result<f64, EmergenceError> {
        if depth > MOST_DEEP {
            return Err(EmergenceError::TooDeep { most: MOST_DEEP });
        }
        if self.take(&['-']).is_some() {
            return Ok(-self.signed(depth + 1)?);
        }
        if self.take(&['(']).is_some() {
            let value = self.sum(depth + 1)?;
            return match (self.take(&[')']), self.peek()) {
                (Some(_), _) => Ok(value),
                (None, Some(found)) => Err(self.unexpected(found)),
                (None, None) => Err(EmergenceError::Unfinished),
            };
        }
        self.number()
    }

    fn number(&mut self) -> Result<f64, EmergenceError> {
        let start = self.next;
        let written: String = std::iter::from_fn(|| {
            let c = self.peek().filter(|c| c.is_ascii_digit() || *c == '.')?;
            self.next += 1;
            Some(c)
        })
        .collect();
        match written.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => {
                // Where there is nothing to read at all, what stands there is the fault; else its first sign is.
                self.next = start;
                Err(self.peek().map_or(EmergenceError::Unfinished, |found| self.unexpected(found)))
            }
        }
    }

    fn operate(&mut self, left: f64, operator: char, right: f64) -> Result<f64, EmergenceError> {
        let value = match operator {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            _ => left / right,
        };
        if !value.is_finite() {
            return Err(EmergenceError::NoNumber { left, operator, right });
        }
        self.steps.push(Step { left, operator, right, value });
        Ok(value)
    }
}
