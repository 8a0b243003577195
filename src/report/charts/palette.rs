//! Colours that colour-blind readers tell apart (the set of Okabe and Ito), and in print by their darkness.

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Paper.
    pub const WHITE: Self = Self(255, 255, 255);
    /// Words.
    pub const INK: Self = Self(34, 34, 34);
    /// Words of less weight.
    pub const FAINT: Self = Self(110, 110, 110);
    /// Rules of the background.
    pub const RULE: Self = Self(218, 218, 218);
    /// Warning.
    pub const VERMILION: Self = Self(213, 94, 0);
    /// Words that warn, and the stamp: darker, so that they stand out from paper.
    pub const RUST: Self = Self(163, 58, 0);
    /// Blue.
    pub const BLUE: Self = Self(0, 114, 178);
    /// Light blue.
    pub const SKY: Self = Self(86, 180, 233);
    /// Green.
    pub const GREEN: Self = Self(0, 158, 115);
    /// Orange.
    pub const ORANGE: Self = Self(230, 159, 0);
    /// Purple.
    pub const PURPLE: Self = Self(204, 121, 167);
    /// Grey of coal.
    pub const COAL: Self = Self(88, 88, 96);
    /// Brown of rock.
    pub const ROCK: Self = Self(160, 125, 85);
}

/// Colours of series, in order.
pub const SERIES: [Colour; 6] =
    [Colour::INK, Colour::BLUE, Colour::VERMILION, Colour::GREEN, Colour::ORANGE, Colour::PURPLE];
