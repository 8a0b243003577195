//! What a Sankey diagram shows: nodes and links in tonnes.

use crate::diagnostic::Language;
use crate::model::{Material, MaterialKind};
use crate::report::charts::palette::Colour;

/// What a node is: decides where it stands and how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Nature, outside, stocks of earlier years.
    Supply,
    /// Processes.
    Process,
    /// A material on its markets.
    Material,
    /// Export, final use, storage, disposal, discharge, losses.
    End,
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Its name.
    pub name: String,
    /// What it is.
    pub sort: Sort,
    /// What goes through it with all its flows, drawn or not, in t: the larger of what enters and what leaves.
    pub through: f64,
}

/// A link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Position of the node it leaves.
    pub from: usize,
    /// Position of the node it enters; the same for what a node gives itself.
    pub to: usize,
    /// Class of what flows.
    pub class: Class,
    /// Amount, t, > 0.
    pub tonnes: f64,
}

/// Flows too thin to be drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Thin {
    /// How many.
    pub count: usize,
    /// Together, t.
    pub tonnes: f64,
    /// The largest of them, t.
    pub largest: f64,
}

/// Nodes and links.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// Nodes.
    pub spots: Vec<Spot>,
    /// Links.
    pub links: Vec<Link>,
    /// What is too thin to be drawn.
    pub thin: Thin,
    /// What is not drawn, or drawn together.
    pub notes: Vec<String>,
}

impl Graph {
    /// Drawn flow through every node, t: the larger of what enters and what leaves by links.
    #[must_use]
    pub fn drawn(&self) -> Vec<f64> {
        let (mut enters, mut leaves) = (vec![0.0; self.spots.len()], vec![0.0; self.spots.len()]);
        for link in &self.links {
            leaves[link.from] += link.tonnes;
            enters[link.to] += link.tonnes;
        }
        enters.iter().zip(&leaves).map(|(a, b): (&f64, &f64)| a.max(*b)).collect()
    }
}

/// Class of materials by which links are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the classes")]
pub enum Class {
    Fossil,
    Rock,
    Product,
    Energy,
    IndustrialWaste,
    Gangue,
    Ash,
    Slag,
    Gypsum,
    Biomass,
    OtherWaste,
}

impl Class {
    /// All classes in the order of the legend.
    pub const ALL: [Self; 11] = [
        Self::Fossil,
        Self::Rock,
        Self::Product,
        Self::Energy,
        Self::IndustrialWaste,
        Self::Gangue,
        Self::Ash,
        Self::Slag,
        Self::Gypsum,
        Self::Biomass,
        Self::OtherWaste,
    ];

    /// The class of a material among all materials.
    #[must_use]
    pub fn of(material: &Material) -> Self {
        match material.kind {
            _ if material.is_of("general_industrial_solid_waste") => Self::IndustrialWaste,
            MaterialKind::Waste => Self::OtherWaste,
            _ if material.is_of("fossil") || material.is_of("coal") => Self::Fossil,
            MaterialKind::Resource => Self::Rock,
            MaterialKind::Energy => Self::Energy,
            MaterialKind::Product | MaterialKind::Water | MaterialKind::Emission => Self::Product,
        }
    }

    /// The class of a waste among wastes.
    #[must_use]
    pub fn of_waste(material: &Material) -> Self {
        let classes = [
            ("coal_gangue", Self::Gangue),
            ("coal_ash", Self::Ash),
            ("smelting_slag", Self::Slag),
            ("gypsum", Self::Gypsum),
            ("general_industrial_solid_waste", Self::IndustrialWaste),
            ("straw", Self::Biomass),
            ("biomass", Self::Biomass),
            ("manure", Self::Biomass),
        ];
        classes
            .into_iter()
            .find(|(word, _)| material.is_of(word))
            .map_or(Self::OtherWaste, |(_, class)| class)
    }

    /// Its colour.
    #[must_use]
    pub fn colour(self) -> Colour {
        match self {
            Self::Fossil | Self::Ash => Colour::COAL,
            Self::Rock | Self::Gangue => Colour::ROCK,
            Self::Product => Colour::BLUE,
            Self::Energy | Self::Biomass => Colour::GREEN,
            Self::IndustrialWaste => Colour::VERMILION,
            Self::Slag => Colour::PURPLE,
            Self::Gypsum => Colour::SKY,
            Self::OtherWaste => Colour::ORANGE,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        match self {
            Self::Fossil => language.pick("煤和化石类", "coal and fossil"),
            Self::Rock => language.pick("矿石和其他资源", "rock and other resources"),
            Self::Product => language.pick("产品", "products"),
            Self::Energy => language.pick("可燃气体等能源", "energy carriers"),
            Self::IndustrialWaste => language.pick("一般工业固体废物", "general industrial solid waste"),
            Self::Gangue => language.pick("煤矸石", "coal gangue"),
            Self::Ash => language.pick("灰渣", "ash"),
            Self::Slag => language.pick("冶炼渣", "smelting slag"),
            Self::Gypsum => language.pick("工业石膏", "gypsum"),
            Self::Biomass => language.pick("农业生物质", "farm biomass"),
            Self::OtherWaste => language.pick("其他废物", "other waste"),
        }
    }
}
