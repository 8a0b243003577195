//! Dimensions and units. Inside the program every number is in the base unit of its dimension.

/// What is measured; each dimension has one base unit, used everywhere inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// t.
    Mass,
    /// m³ (water, wall products).
    Volume,
    /// Nm³ (gas at normal conditions).
    NormalVolume,
    /// kWh.
    Energy,
    /// tce, tonnes of coal equivalent; 1 kWh = 0.1229 kgce (calorific).
    CoalEquivalent,
    /// yuan.
    Money,
    /// ha.
    Area,
    /// persons.
    Persons,
    /// pieces (blocks, vehicles, machines).
    Pieces,
    /// a pure number.
    Number,
}

impl Dimension {
    /// All dimensions, in order; `dimension as usize` is its position.
    pub const ALL: [Self; 10] = [
        Self::Mass,
        Self::Volume,
        Self::NormalVolume,
        Self::Energy,
        Self::CoalEquivalent,
        Self::Money,
        Self::Area,
        Self::Persons,
        Self::Pieces,
        Self::Number,
    ];

    /// Symbol of the base unit.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Mass => "t",
            Self::Volume => "m3",
            Self::NormalVolume => "Nm3",
            Self::Energy => "kWh",
            Self::CoalEquivalent => "tce",
            Self::Money => "元",
            Self::Area => "ha",
            Self::Persons => "人",
            Self::Pieces => "件",
            Self::Number => "",
        }
    }
}
