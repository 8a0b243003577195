//! Nodes before small ones are gathered, and their names.

use super::graph::Sort;
use crate::diagnostic::Language;
use crate::id::{MaterialId, ProcessId, TechnologyId};
use crate::model::{MaterialKind, Model, Process, Treatment};
use crate::report::named;

/// What a process is there for: small ones are gathered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Makes something, with or without waste.
    Production,
    /// Uses waste: reuse, utilisation, energy recovery.
    Use,
    /// Backfill and land building.
    Backfill,
    /// Treats, stores or disposes of waste.
    Treatment,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 4] = [Self::Production, Self::Use, Self::Backfill, Self::Treatment];

    /// The purpose of a process.
    #[must_use]
    pub fn of(process: &Process) -> Self {
        match process.treatment {
            Treatment::None => Self::Production,
            Treatment::Reuse | Treatment::Utilisation | Treatment::EnergyRecovery => Self::Use,
            Treatment::Backfill => Self::Backfill,
            Treatment::Treatment | Treatment::Storage | Treatment::Disposal => Self::Treatment,
        }
    }
}

/// A node; the order is that of drawing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the nodes")]
pub enum Key {
    Extraction,
    Import,
    OldStock,
    /// What in-use stocks give off.
    OutOfUse,
    Missing,
    /// A material that comes into a place.
    Incoming(MaterialId),
    OtherIncoming,
    /// Processes of one technology that serve one purpose.
    Technology(TechnologyId, Purpose),
    /// One process.
    Own(ProcessId),
    OtherProcesses(Purpose),
    Material(MaterialId),
    OtherWastes,
    OtherMaterials,
    /// A material that leaves a place.
    Outgoing(MaterialId),
    OtherOutgoing,
    /// What processes took of waste, by treatment: only a diagram of wastes has it.
    Used(Treatment),
    Export,
    Final,
    /// What in-use stocks take in.
    IntoUse,
    Storage,
    Disposal,
    Discharge,
    Lost,
}

impl Key {
    /// What the node is.
    #[must_use]
    pub fn sort(&self) -> Sort {
        match self {
            Self::Extraction
            | Self::Import
            | Self::OldStock
            | Self::OutOfUse
            | Self::Missing
            | Self::Incoming(_)
            | Self::OtherIncoming => Sort::Supply,
            Self::Technology(..) | Self::Own(_) | Self::OtherProcesses(_) => Sort::Process,
            Self::Material(_) | Self::OtherWastes | Self::OtherMaterials => Sort::Material,
            _ => Sort::End,
        }
    }

    /// What it is gathered into when it is small; `None` for those that always stand for themselves.
    #[must_use]
    pub fn other(&self, model: &Model) -> Option<Self> {
        Some(match self {
            Self::Technology(_, purpose) => Self::OtherProcesses(*purpose),
            Self::Own(id) => Self::OtherProcesses(Purpose::of(&model.processes[*id])),
            Self::Material(id) if is_waste(model, *id) => Self::OtherWastes,
            Self::Material(_) => Self::OtherMaterials,
            Self::Incoming(_) => Self::OtherIncoming,
            Self::Outgoing(_) => Self::OtherOutgoing,
            _ => return None,
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self, model: &Model, language: Language) -> String {
        let (zh, en) = match self {
            Self::Technology(id, _) => {
                let technology = &model.technologies[*id];
                return named(language, &technology.name, &technology.name_en).to_owned();
            }
            Self::Own(id) => {
                let process = &model.processes[*id];
                return named(language, &process.name, &process.name_en).to_owned();
            }
            Self::Material(id) | Self::Incoming(id) | Self::Outgoing(id) => {
                let material = &model.materials[*id];
                return named(language, &material.name, &material.name_en).to_owned();
            }
            Self::Extraction => ("自然开采", "Nature"),
            Self::Import => ("市外调入", "Brought in"),
            Self::OldStock => ("往年堆存", "Old stock"),
            Self::OutOfUse => ("退出使用", "Leaving use"),
            Self::Missing => ("要而未得", "Not served"),
            Self::OtherIncoming => ("其他来料", "Other incoming"),
            Self::OtherProcesses(Purpose::Production) => ("其他生产工序", "Other production"),
            Self::OtherProcesses(Purpose::Use) => ("其他利用工序", "Other uses of waste"),
            Self::OtherProcesses(Purpose::Backfill) => ("其他充填造地", "Other backfill"),
            Self::OtherProcesses(Purpose::Treatment) => ("其他处理处置", "Other treatment"),
            Self::OtherWastes => ("其他废物", "Other wastes"),
            Self::OtherMaterials => ("其他资源和产品", "Other materials"),
            Self::OtherOutgoing => ("其他送出", "Other outgoing"),
            Self::Used(treatment) => match treatment {
                Treatment::Reuse => ("再利用", "Reused"),
                Treatment::Utilisation => ("资源化利用", "Material use"),
                Treatment::EnergyRecovery => ("能源化利用", "Energy recovery"),
                Treatment::Backfill => ("充填和造地", "Backfill, land"),
                Treatment::None => ("生产投入", "Used in production"),
                Treatment::Treatment => ("无害化处理", "Treated"),
                Treatment::Storage => ("贮存", "Stored"),
                Treatment::Disposal => ("处置", "Disposed of"),
            },
            Self::Export => ("调出市外", "Sent out"),
            Self::Final => ("最终使用", "Final use"),
            Self::IntoUse => ("投入使用", "Entering use"),
            Self::Storage => ("新增堆存", "New stock"),
            Self::Disposal => ("最终处置", "Disposal"),
            Self::Discharge => ("排放", "Discharge"),
            Self::Lost => ("填于地下及损失", "In the ground, lost"),
        };
        language.pick(zh, en).to_owned()
    }
}

/// Whether a material is a waste.
#[must_use]
pub fn is_waste(model: &Model, material: MaterialId) -> bool {
    model.materials[material].kind == MaterialKind::Waste
}
