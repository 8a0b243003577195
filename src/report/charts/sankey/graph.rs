//! What a Sankey diagram shows: nodes and links in tonnes, small ones gathered by name.

use super::super::palette::Colour;
use crate::diagnostic::Language;
use crate::id::{Id, MaterialId, ProcessId, TechnologyId};
use crate::model::{Material, MaterialKind, Model};
use crate::network::{ArcKind, Network, Node};
use crate::report::{named, number};
use crate::simulate::YearResult;
use std::collections::BTreeMap;

/// Nodes of each sort that are shown by name; the others are gathered.
const NAMED: usize = 17;
/// Class of gases taken from and given to the air that only close balances.
const BALANCING: &str = "balancing_gas";

/// What a node is: decides where it stands and how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
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
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) name: String,
    pub(super) sort: Sort,
}

/// A link in tonnes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) group: Group,
    pub(super) tonnes: f64,
}

/// Class of materials by which links are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Fossil,
    Rock,
    Product,
    IndustrialWaste,
    OtherWaste,
    Energy,
}

impl Group {
    pub(super) const ALL: [Self; 6] =
        [Self::Fossil, Self::Rock, Self::Product, Self::IndustrialWaste, Self::OtherWaste, Self::Energy];

    fn of(material: &Material) -> Self {
        match material.kind {
            _ if material.is_of("general_industrial_solid_waste") => Self::IndustrialWaste,
            MaterialKind::Waste => Self::OtherWaste,
            _ if material.is_of("fossil") || material.is_of("coal") => Self::Fossil,
            MaterialKind::Resource => Self::Rock,
            MaterialKind::Energy => Self::Energy,
            MaterialKind::Product | MaterialKind::Water | MaterialKind::Emission => Self::Product,
        }
    }

    pub(super) fn colour(self) -> Colour {
        match self {
            Self::Fossil => Colour::COAL,
            Self::Rock => Colour::ROCK,
            Self::Product => Colour::BLUE,
            Self::IndustrialWaste => Colour::VERMILION,
            Self::OtherWaste => Colour::ORANGE,
            Self::Energy => Colour::GREEN,
        }
    }

    pub(super) fn name(self, language: Language) -> &'static str {
        match self {
            Self::Fossil => language.pick("煤和化石类", "coal and fossil"),
            Self::Rock => language.pick("矿石和其他资源", "rock and other resources"),
            Self::Product => language.pick("产品", "products"),
            Self::IndustrialWaste => language.pick("一般工业固体废物", "general industrial solid waste"),
            Self::OtherWaste => language.pick("其他废物", "other waste"),
            Self::Energy => language.pick("能源", "energy carriers"),
        }
    }
}

/// Nodes and links.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub(super) spots: Vec<Spot>,
    pub(super) links: Vec<Link>,
    /// What is not drawn, or drawn together.
    pub(super) notes: Vec<String>,
    pub(super) language: Language,
}

/// A node before small ones are gathered; the order is the order of drawing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Extraction,
    Import,
    OldStock,
    Missing,
    /// Processes of one technology.
    Technology(TechnologyId),
    /// A process with a recipe of its own.
    Own(ProcessId),
    OtherProcesses,
    Material(MaterialId),
    OtherWastes,
    OtherMaterials,
    Export,
    Final,
    Storage,
    Disposal,
    Discharge,
    Lost,
}

impl Key {
    fn sort(&self) -> Sort {
        match self {
            Self::Extraction | Self::Import | Self::OldStock | Self::Missing => Sort::Supply,
            Self::Technology(_) | Self::Own(_) | Self::OtherProcesses => Sort::Process,
            Self::Material(_) | Self::OtherWastes | Self::OtherMaterials => Sort::Material,
            _ => Sort::End,
        }
    }

    fn name(&self, model: &Model, language: Language) -> String {
        let (zh, en) = match self {
            Self::Technology(id) => {
                let technology = &model.technologies[*id];
                return named(language, &technology.name, &technology.name_en).to_owned();
            }
            Self::Own(id) => {
                let process = &model.processes[*id];
                return named(language, &process.name, &process.name_en).to_owned();
            }
            Self::Material(id) => {
                let material = &model.materials[*id];
                return named(language, &material.name, &material.name_en).to_owned();
            }
            Self::Extraction => ("自然开采", "Nature"),
            Self::Import => ("调入", "Brought in"),
            Self::OldStock => ("往年堆存", "Old stock"),
            Self::Missing => ("要而未得", "Not served"),
            Self::OtherProcesses => ("其他工序", "Other processes"),
            Self::OtherWastes => ("其他废物", "Other wastes"),
            Self::OtherMaterials => ("其他资源和产品", "Other resources and products"),
            Self::Export => ("调出", "Sent out"),
            Self::Final => ("最终使用", "Final use"),
            Self::Storage => ("新增堆存", "New stock"),
            Self::Disposal => ("处置", "Disposal"),
            Self::Discharge => ("排放", "Discharge"),
            Self::Lost => ("填埋于工程及损失", "In the ground and losses"),
        };
        language.pick(zh, en).to_owned()
    }
}

impl Graph {
    /// The flows of a year in tonnes. Water, emissions and gases that only close balances are left out, as are
    /// materials without a mass; what is left out is said.
    pub(super) fn of_year(model: &Model, network: &Network, year: &YearResult, language: Language) -> Self {
        let mut tonnes: BTreeMap<(Key, Key, Group), f64> = BTreeMap::new();
        let mut left_out = 0.0;
        for (id, arc) in network.arcs.enumerate() {
            let quantity = year.flows[id.index()];
            let material = &model.materials[arc.material];
            let inner = matches!(arc.kind, ArcKind::PassUp | ArcKind::PassDown | ArcKind::Recirculated);
            if quantity == 0.0 || inner {
                continue;
            }
            let Some(mass) = material.mass_per_unit else { continue };
            if matches!(material.kind, MaterialKind::Water | MaterialKind::Emission)
                || material.is_of(BALANCING)
            {
                if arc.kind == ArcKind::Delivery {
                    left_out += quantity * mass;
                }
                continue;
            }
            let key = |node, enters| key_of(model, node, arc.material, enters);
            let link = (key(arc.from, false), key(arc.to, true), Group::of(material));
            *tonnes.entry(link).or_default() += quantity * mass;
        }
        let tonnes = shortened(tonnes);
        let gathered = small(&tonnes);
        Self::gather(model, &tonnes, &gathered, left_out, language)
    }

    fn gather(
        model: &Model,
        tonnes: &BTreeMap<(Key, Key, Group), f64>,
        gathered: &[Key],
        left_out: f64,
        language: Language,
    ) -> Self {
        let shown = |key: &Key| match key {
            key if !gathered.contains(key) => key.clone(),
            Key::Technology(_) | Key::Own(_) => Key::OtherProcesses,
            Key::Material(id) if model.materials[*id].kind == MaterialKind::Waste => Key::OtherWastes,
            _ => Key::OtherMaterials,
        };
        let mut merged: BTreeMap<(Key, Key, Group), f64> = BTreeMap::new();
        for ((from, to, group), amount) in tonnes {
            let (from, to) = (shown(from), shown(to));
            if from != to {
                *merged.entry((from, to, *group)).or_default() += amount;
            }
        }
        let mut keys: Vec<&Key> = merged.keys().flat_map(|(from, to, _)| [from, to]).collect();
        keys.sort_unstable();
        keys.dedup();
        let position = |key: &Key| keys.binary_search(&key).unwrap_or_default();
        let links = merged.iter().map(|((from, to, group), &tonnes)| Link {
            from: position(from),
            to: position(to),
            group: *group,
            tonnes,
        });
        let spots = keys.iter().map(|key| Spot { name: key.name(model, language), sort: key.sort() });
        let names = |other: &Key| -> Vec<String> {
            let of_other = gathered.iter().filter(|key| shown(key) == *other);
            of_other.map(|key| key.name(model, language)).collect()
        };
        let mut notes = Vec::new();
        let join = language.pick("、", ", ");
        for other in [Key::OtherProcesses, Key::OtherWastes, Key::OtherMaterials] {
            let names = names(&other);
            if !names.is_empty() {
                notes.push(format!("{}: {}", other.name(model, language), names.join(join)));
            }
        }
        let amount = number::wan_tonnes(left_out);
        notes.push(match language {
            Language::Zh => format!("未画：水、排放和仅用于平衡的空气（工序排出共 {amount} 万吨），以及没有质量的物料（电、热）。"),
            Language::En => format!(
                "Not drawn: water, emissions and air that only closes balances ({amount} × 10⁴ t given off by processes), and \
                 what has no mass (power, heat)."
            ),
        });
        Self { links: links.collect(), spots: spots.collect(), notes, language }
    }

    /// What goes through every node: the larger of what enters and what leaves.
    pub(super) fn throughput(&self) -> Vec<f64> {
        let (mut enters, mut leaves) = (vec![0.0; self.spots.len()], vec![0.0; self.spots.len()]);
        for link in &self.links {
            leaves[link.from] += link.tonnes;
            enters[link.to] += link.tonnes;
        }
        enters.iter().zip(&leaves).map(|(a, b): (&f64, &f64)| a.max(*b)).collect()
    }
}

/// Materials that come from one node and go to one node are drawn as the link between the two.
fn shortened(mut tonnes: BTreeMap<(Key, Key, Group), f64>) -> BTreeMap<(Key, Key, Group), f64> {
    let mut around: BTreeMap<Key, (Vec<Key>, Vec<Key>)> = BTreeMap::new();
    for (from, to, _) in tonnes.keys() {
        around.entry(to.clone()).or_default().0.push(from.clone());
        around.entry(from.clone()).or_default().1.push(to.clone());
    }
    for (key, (from, to)) in &around {
        let ([from], [to]) = (from.as_slice(), to.as_slice()) else { continue };
        if key.sort() != Sort::Material || from == to {
            continue;
        }
        let links: Vec<(Key, Key, Group)> = tonnes.keys().filter(|(_, t, _)| t == key).cloned().collect();
        for link in links {
            let amount = tonnes.remove(&link).unwrap_or_default();
            let group = link.2;
            tonnes.remove(&(key.clone(), to.clone(), group));
            *tonnes.entry((from.clone(), to.clone(), group)).or_default() += amount;
        }
    }
    tonnes
}

/// Processes and materials beyond the largest [`NAMED`] of their sort; a single one is not gathered.
fn small(tonnes: &BTreeMap<(Key, Key, Group), f64>) -> Vec<Key> {
    let mut through: BTreeMap<&Key, f64> = BTreeMap::new();
    for ((from, to, _), amount) in tonnes {
        *through.entry(from).or_default() += amount;
        *through.entry(to).or_default() += amount;
    }
    let mut gathered = Vec::new();
    for sort in [Sort::Process, Sort::Material] {
        let mut of_sort: Vec<(&Key, f64)> = through
            .iter()
            .filter(|(key, _)| key.sort() == sort)
            .map(|(key, amount)| (*key, *amount))
            .collect();
        of_sort.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        if of_sort.len() > NAMED + 1 {
            gathered.extend(of_sort.drain(NAMED..).map(|(key, _)| key.clone()));
        }
    }
    gathered
}

fn key_of(model: &Model, node: Node, material: MaterialId, enters: bool) -> Key {
    match node {
        Node::Process(id) => model.processes[id].technology.map_or(Key::Own(id), Key::Technology),
        Node::Market(_) => Key::Material(material),
        Node::Stock(_) if enters => Key::Storage,
        Node::Stock(_) => Key::OldStock,
        Node::Demand(_) => Key::Final,
        Node::Nature if enters => Key::Discharge,
        Node::Nature => Key::Extraction,
        Node::Outside if enters => Key::Export,
        Node::Outside => Key::Import,
        Node::Disposal => Key::Disposal,
        Node::Lost => Key::Lost,
        Node::Missing => Key::Missing,
    }
}
