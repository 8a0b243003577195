//! Places and enterprises.

use super::provenance::Provenance;
use crate::id::{Id, PlaceId, Table};
use std::ops::Index;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// The root.
    City,
    /// A county unit (区、县、特区); owes county duties.
    County,
    /// An industrial park.
    Park,
    /// An agricultural park.
    AgriculturalPark,
    /// A development zone.
    Zone,
}

/// A place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Id as the user wrote it.
    pub key: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English (the Chinese one where none is given).
    pub name_en: String,
    /// What it is.
    pub kind: PlaceKind,
    /// The place it lies in; `None` only for the root.
    pub parent: Option<PlaceId>,
    /// Whether it is declared a frame only: a park on the list whose enterprises the model leaves out.
    pub frame_only: bool,
    /// Its row.
    pub provenance: Provenance,
}

/// The tree of places. Parents stand before children; the first is the root.
#[derive(Clone, Debug, Default)]
pub struct Places(pub Table<PlaceId, Place>);

impl Places {
    /// The root (the city).
    pub const ROOT: PlaceId = PlaceId(0);

    /// The place and all above it, up to the root.
    pub fn upward(&self, place: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        std::iter::successors(Some(place), |&p| self.0[p].parent)
    }

    /// Whether `place` is `ancestor` or lies in it.
    #[must_use]
    pub fn is_within(&self, place: PlaceId, ancestor: PlaceId) -> bool {
        self.upward(place).any(|p| p == ancestor)
    }

    /// The county unit a place lies in (or is), if any.
    #[must_use]
    pub fn county_of(&self, place: PlaceId) -> Option<PlaceId> {
        self.upward(place).find(|&p| self.0[p].kind == PlaceKind::County)
    }

    /// The county units in order.
    pub fn counties(&self) -> impl Iterator<Item = PlaceId> + '_ {
        self.0.enumerate().filter(|(_, p)| p.kind == PlaceKind::County).map(|(id, _)| id)
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids in order, parents before children.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = PlaceId> + DoubleEndedIterator + use<> {
        (0..self.0.len()).map(PlaceId::from_index)
    }
}

impl Index<PlaceId> for Places {
    type Output = Place;
    fn index(&self, id: PlaceId) -> &Place {
        &self.0[id]
    }
}

/// An enterprise.
#[derive(Clone, Debug)]
pub struct Enterprise {
    /// Id as the user wrote it.
    pub key: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Where it is.
    pub place: PlaceId,
    /// Sector, free text.
    pub sector: Option<String>,
    /// Whether it is above the statistical scale (规模以上).
    pub above_scale: bool,
    /// Its row.
    pub provenance: Provenance,
}
