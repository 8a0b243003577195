//! From the text of a formula to its tree.

use super::{DEEPEST, FormulaError, FormulaFault, Function, Node, Operator};

/// The ordinary form of a full-width sign.
pub(super) fn half_width(letter: char) -> char {
    match letter {
        '×' | '＊' => '*',
        '÷' | '／' => '/',
        '\u{3000}' => ' ',
        '－' | '−' => '-',
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '＋' => '+',
        '．' => '.',
        '０'..='９' => char::from(b'0' + (letter as u32 - '０' as u32) as u8),
        other => other,
    }
}

/// Reads a formula from its letters.
pub(super) struct Parser<'a> {
    pub(super) letters: Vec<char>,
    pub(super) at: usize,
    pub(super) term: &'a dyn Fn(&str) -> Option<usize>,
}

impl Parser<'_> {
    pub(super) fn blanks(&mut self) {
        while self.letters.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    /// The next sign, blanks skipped.
    pub(super) fn peek(&mut self) -> Option<char> {
        self.blanks();
        self.letters.get(self.at).copied()
    }

    fn fault(&self, at: usize, fault: FormulaFault) -> FormulaError {
        FormulaError { position: at + 1, fault }
    }

    pub(super) fn unexpected(&mut self) -> FormulaError {
        let found = self.peek().map(String::from).unwrap_or_default();
        self.fault(self.at, FormulaFault::Unexpected(found))
    }

    fn expect(&mut self, sign: char) -> Result<(), FormulaError> {
        if self.peek() == Some(sign) {
            self.at += 1;
            return Ok(());
        }
        Err(self.unexpected())
    }

    pub(super) fn sum(&mut self, depth: usize) -> Result<Node, FormulaError> {
        let mut left = self.product(depth)?;
        loop {
            let operator = match self.peek() {
                Some('+') => Operator::Add,
                Some('-') => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Node::Binary(operator, Box::new(left), Box::new(self.product(depth)?));
        }
    }

    fn product(&mut self, depth: usize) -> Result<Node, FormulaError> {
        let mut left = self.factor(depth)?;
        loop {
            let operator = match self.peek() {
                Some('*') => Operator::Multiply,
                Some('/') => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Node::Binary(operator, Box::new(left), Box::new(self.factor(depth)?));
        }
    }

    fn factor(&mut self, depth: usize) -> Result<Node, FormulaError> {
        if depth >= DEEPEST {
            return Err(self.fault(self.at, FormulaFault::TooDeep));
        }
        match self.peek() {
            Some('-') => {
                self.at += 1;
                Ok(Node::Negative(Box::new(self.factor(depth + 1)?)))
            }
            Some('(') => {
                self.at += 1;
                let inner = self.sum(depth + 1)?;
                self.expect(')')?;
                Ok(inner)
            }
            Some('[') => self.indicator(),
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.named(depth),
            _ => Err(self.unexpected()),
        }
    }

    fn indicator(&mut self) -> Result<Node, FormulaError> {
        self.at += 1;
        let start = self.at;
        while self.letters.get(self.at).is_some_and(|&c| c != ']') {
            self.at += 1;
        }
        let key: String = self.letters[start..self.at].iter().collect();
        if key.trim().is_empty() {
            return Err(self.unexpected());
        }
        self.expect(']')?;
        Ok(Node::Indicator(key.trim().to_owned()))
    }

    fn number(&mut self) -> Result<Node, FormulaError> {
        let start = self.at;
        let mut before = ' ';
        while let Some(&c) = self.letters.get(self.at) {
            // A sign belongs to the number only behind its exponent's e.
            let exponent = matches!(c, '+' | '-') && matches!(before, 'e' | 'E');
            if !(c.is_ascii_alphanumeric() || c == '.' || exponent) {
                break;
            }
            before = c;
            self.at += 1;
        }
        let text: String = self.letters[start..self.at].iter().collect();
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Node::Number(number)),
            _ => Err(self.fault(start, FormulaFault::BadNumber(text))),
        }
    }

    fn named(&mut self, depth: usize) -> Result<Node, FormulaError> {
        let start = self.at;
        while self.letters.get(self.at).is_some_and(|&c| c.is_alphanumeric() || c == '_') {
            self.at += 1;
        }
        let name: String = self.letters[start..self.at].iter().collect();
        if self.peek() != Some('(') {
            return (self.term)(&name)
                .map(Node::Term)
                .ok_or_else(|| self.fault(start, FormulaFault::UnknownName(name)));
        }
        let function = match name.as_str() {
            "mean" => Function::Mean,
            "sum" => Function::Sum,
            "min" => Function::Min,
            "max" => Function::Max,
            _ => return Err(self.fault(start, FormulaFault::UnknownFunction(name))),
        };
        self.at += 1;
        let mut arguments = vec![self.sum(depth + 1)?];
        while self.peek() == Some(',') {
            self.at += 1;
            arguments.push(self.sum(depth + 1)?);
        }
        self.expect(')')?;
        Ok(Node::Call(function, arguments))
    }
}
