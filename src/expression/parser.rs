//! From the text of an expression to its steps.

use super::{Binary, ExpressionError, ExpressionFault, Name, Node, Unary};

/// Deepest nesting that is read; deeper text is refused rather than overflowing the stack.
const DEEPEST: usize = 64;

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
        '＾' => '^',
        '：' => ':',
        '０'..='９' => char::from(b'0' + (letter as u32 - '０' as u32) as u8),
        other => other,
    }
}

/// Reads an expression from its letters.
pub(super) struct Parser<'a> {
    pub(super) letters: Vec<char>,
    pub(super) at: usize,
    pub(super) symbol: &'a mut dyn FnMut(Name<'_>) -> Option<usize>,
    pub(super) nodes: Vec<Node>,
}

impl Parser<'_> {
    /// The next sign, blanks skipped.
    fn peek(&mut self) -> Option<char> {
        while self.letters.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.letters.get(self.at).copied()
    }

    fn fault(at: usize, fault: ExpressionFault) -> ExpressionError {
        ExpressionError { position: at + 1, fault }
    }

    fn unexpected(&mut self) -> ExpressionError {
        let found = self.peek().map(String::from).unwrap_or_default();
        Self::fault(self.at, ExpressionFault::Unexpected(found))
    }

    fn expect(&mut self, sign: char) -> Result<(), ExpressionError> {
        if self.peek() == Some(sign) {
            self.at += 1;
            return Ok(());
        }
        Err(self.unexpected())
    }

    /// Nothing may follow.
    pub(super) fn end(&mut self) -> Result<(), ExpressionError> {
        if self.peek().is_none() { Ok(()) } else { Err(self.unexpected()) }
    }

    fn step(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    pub(super) fn sum(&mut self, depth: usize) -> Result<usize, ExpressionError> {
        let mut left = self.product(depth)?;
        loop {
            let operation = match self.peek() {
                Some('+') => Binary::Add,
                Some('-') => Binary::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product(depth)?;
            left = self.step(Node::Binary(operation, left, right));
        }
    }

    fn product(&mut self, depth: usize) -> Result<usize, ExpressionError> {
        let mut left = self.signed(depth)?;
        loop {
            let operation = match self.peek() {
                Some('*') => Binary::Multiply,
                Some('/') => Binary::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.signed(depth)?;
            left = self.step(Node::Binary(operation, left, right));
        }
    }

    fn signed(&mut self, depth: usize) -> Result<usize, ExpressionError> {
        if depth >= DEEPEST {
            return Err(Self::fault(self.at, ExpressionFault::TooDeep));
        }
        match self.peek() {
            Some('-') => {
                self.at += 1;
                let inner = self.signed(depth + 1)?;
                Ok(self.step(Node::Unary(Unary::Negative, inner)))
            }
            Some('+') => {
                self.at += 1;
                self.signed(depth + 1)
            }
            _ => self.power(depth),
        }
    }

    fn power(&mut self, depth: usize) -> Result<usize, ExpressionError> {
        let base = self.atom(depth)?;
        if self.peek() != Some('^') {
            return Ok(base);
        }
        self.at += 1;
        let exponent = self.signed(depth + 1)?;
        Ok(self.step(Node::Binary(Binary::Power, base, exponent)))
    }

    fn atom(&mut self, depth: usize) -> Result<usize, ExpressionError> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.sum(depth + 1)?;
                self.expect(')')?;
                Ok(inner)
            }
            Some('[') => self.bracketed(),
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.named(depth),
            _ => Err(self.unexpected()),
        }
    }

    fn bracketed(&mut self) -> Result<usize, ExpressionError> {
        self.at += 1;
        let start = self.at;
        while self.letters.get(self.at).is_some_and(|&c| c != ']') {
            self.at += 1;
        }
        let key: String = self.letters[start..self.at].iter().collect();
        let key = key.trim();
        if key.is_empty() {
            return Err(self.unexpected());
        }
        self.expect(']')?;
        self.resolved(Name::Bracketed(key), key, start)
    }

    fn number(&mut self) -> Result<usize, ExpressionError> {
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
            Ok(number) if number.is_finite() => Ok(self.step(Node::Number(number))),
            _ => Err(Self::fault(start, ExpressionFault::BadNumber(text))),
        }
    }

    /// Letters, digits and `_` from here on.
    fn word(&mut self) -> String {
        let start = self.at;
        while self.letters.get(self.at).is_some_and(|&c| c.is_alphanumeric() || c == '_') {
            self.at += 1;
        }
        self.letters[start..self.at].iter().collect()
    }

    fn named(&mut self, depth: usize) -> Result<usize, ExpressionError> {
        let start = self.at;
        let name = self.word();
        if self.letters.get(self.at) == Some(&':') {
            let colon = self.at;
            self.at += 1;
            let layer = self.word();
            if layer.is_empty() {
                self.at = colon;
                return Err(self.unexpected());
            }
            let shown = format!("{name}:{layer}");
            return self.resolved(Name::Layered(&name, &layer), &shown, start);
        }
        if self.peek() == Some('(') {
            return self.call(&name, start, depth);
        }
        match (self.symbol)(Name::Plain(&name)) {
            Some(symbol) => Ok(self.step(Node::Symbol(symbol))),
            None if name == "pi" => Ok(self.step(Node::Number(std::f64::consts::PI))),
            None => Err(Self::fault(start, ExpressionFault::UnknownName(name))),
        }
    }

    fn resolved(&mut self, name: Name<'_>, shown: &str, start: usize) -> Result<usize, ExpressionError> {
        match (self.symbol)(name) {
            Some(symbol) => Ok(self.step(Node::Symbol(symbol))),
            None => Err(Self::fault(start, ExpressionFault::UnknownName(shown.to_owned()))),
        }
    }

    fn call(&mut self, name: &str, start: usize, depth: usize) -> Result<usize, ExpressionError> {
        let unary = match name {
            "sqrt" => Some(Unary::SquareRoot),
            "exp" => Some(Unary::Exponential),
            "ln" => Some(Unary::Logarithm),
            "sin" => Some(Unary::Sine),
            "cos" => Some(Unary::Cosine),
            "abs" => Some(Unary::Absolute),
            _ => None,
        };
        let joined = match name {
            "mean" | "sum" => Some(Binary::Add),
            "min" => Some(Binary::Least),
            "max" => Some(Binary::Greatest),
            _ => None,
        };
        if unary.is_none() && joined.is_none() {
            return Err(Self::fault(start, ExpressionFault::UnknownFunction(name.to_owned())));
        }
        self.at += 1;
        let mut whole = self.sum(depth + 1)?;
        if let Some(operation) = unary {
            self.expect(')')?;
            return Ok(self.step(Node::Unary(operation, whole)));
        }
        let mut count = 1.0;
        while let Some(operation) = joined.filter(|_| self.peek() == Some(',')) {
            self.at += 1;
            let next = self.sum(depth + 1)?;
            whole = self.step(Node::Binary(operation, whole, next));
            count += 1.0;
        }
        self.expect(')')?;
        if name == "mean" {
            let count = self.step(Node::Number(count));
            whole = self.step(Node::Binary(Binary::Divide, whole, count));
        }
        Ok(whole)
    }
}
