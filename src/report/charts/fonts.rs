//! Fonts for pictures that carry no text of their own: found on the machine, or given as a file.

use super::render::FONTS;
use ab_glyph::{Font as _, FontVec, GlyphId, PxScale, ScaleFont as _, point};
use fontdb::{Database, Family, ID, Query};
use std::io;
use std::path::Path;
use unicode_width::UnicodeWidthChar;

/// Characters by which a face is taken to have Chinese.
const CHINESE: &str = "煤矸石灰渣资金缺口，。";
/// Characters by which a face is taken to have Latin letters.
const LATIN: &str = "Aaz019%";
/// Signs that charts use and that not every face has: a second face may supply them.
const SIGNS: &str = "▸◂≥≤×÷–⁴…“”·³²";
/// What stands for a sign that no face has.
const SUBSTITUTES: [(char, char); 9] = [
    ('▸', '>'),
    ('◂', '<'),
    ('≥', '>'),
    ('≤', '<'),
    ('×', 'x'),
    ('–', '-'),
    ('…', '.'),
    ('“', '"'),
    ('”', '"'),
];

/// Faces in the order in which they are asked for a character; never empty.
pub struct Fonts {
    faces: Vec<FontVec>,
    /// Name of the first, for the manifest.
    pub name: String,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("name", &self.name).field("faces", &self.faces.len()).finish()
    }
}

impl Fonts {
    /// The best of the machine: a face with Chinese, those of the list for SVG first, and one that has the signs it
    /// lacks; a Latin one where there is no Chinese; `None` where there is none at all.
    #[must_use]
    pub fn installed() -> Option<Self> {
        let mut database = Database::new();
        database.load_system_fonts();
        Self::best_of(&database)
    }

    /// The best of a set of faces; the same for the same set.
    fn best_of(database: &Database) -> Option<Self> {
        let order = in_order(database);
        let find = |sample: &str| {
            order.iter().find_map(|&id| {
                face(database, id).filter(|face| has_all(face, sample)).map(|face| (id, face))
            })
        };
        let (id, first) = find(CHINESE).or_else(|| find(LATIN))?;
        let name = database.face(id).map_or_else(String::new, |info| info.post_script_name.clone());
        let lacking: String = SIGNS.chars().filter(|&c| first.glyph_id(c) == GlyphId(0)).collect();
        let second = if lacking.is_empty() { None } else { find(&lacking) };
        let faces = std::iter::once(first).chain(second.map(|(_, face)| face)).collect();
        Some(Self { faces, name })
    }

    /// The first face of a font file.
    ///
    /// # Errors
    /// When the file cannot be read, or is no font of outlines (TrueType, OpenType or a collection of these).
    pub fn from_file(path: &Path) -> io::Result<Self> {
        let bytes = std::fs::read(path)?;
        let face = FontVec::try_from_vec_and_index(bytes, 0)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
        Ok(Self { faces: vec![face], name: path.display().to_string() })
    }

    /// Whether the first face has Chinese.
    #[must_use]
    pub fn has_chinese(&self) -> bool {
        self.faces.first().is_some_and(|face| has_all(face, CHINESE))
    }

    /// The face and glyph of a character; where no face has it, of what stands for it.
    fn glyph(&self, c: char) -> (&FontVec, GlyphId) {
        let find = |c: char| {
            self.faces.iter().map(|face| (face, face.glyph_id(c))).find(|(_, glyph)| *glyph != GlyphId(0))
        };
        let substitute = || {
            let known = SUBSTITUTES.iter().find(|(sign, _)| *sign == c).map(|(_, plain)| *plain);
            known.or(Some('?')).and_then(find)
        };
        find(c).or_else(substitute).unwrap_or((&self.faces[0], GlyphId(0)))
    }

    /// Lays out a line of text on a baseline and hands on the coverage of its pixels. Wider text than `room` is made
    /// narrower, so that what was measured to fit fits in any face. Returns the width.
    pub(super) fn lay(&self, text: &str, size: f64, room: f64) -> Line<'_> {
        // A Chinese face draws curved quotation marks as wide as its characters, which tears a Latin line apart.
        let latin = text.chars().all(|c| c.width() != Some(2));
        let quote = |c: char| if latin && matches!(c, '“' | '”') { '"' } else { c };
        let glyphs: Vec<(&FontVec, GlyphId)> = text.chars().map(|c| self.glyph(quote(c))).collect();
        let advance =
            |&(face, glyph): &(&FontVec, GlyphId)| f64::from(face.as_scaled(em(face, size)).h_advance(glyph));
        let wide: f64 = glyphs.iter().map(advance).sum();
        let narrow = if wide > room { room / wide } else { 1.0 };
        let mut x = 0.0;
        let mut placed = Vec::with_capacity(glyphs.len());
        for glyph in glyphs {
            placed.push((glyph.0, glyph.1, x));
            x += advance(&glyph) * narrow;
        }
        Line { glyphs: placed, size, narrow, width: x }
    }
}

/// A line of text, laid out.
pub(super) struct Line<'a> {
    glyphs: Vec<(&'a FontVec, GlyphId, f64)>,
    size: f64,
    narrow: f64,
    /// Width in pixels.
    pub(super) width: f64,
}

impl Line<'_> {
    /// Hands on pixels with their coverage (0 to 1); `left` and `baseline` say where the line stands.
    pub(super) fn draw(&self, left: f64, baseline: f64, mut pixel: impl FnMut(i32, i32, f64)) {
        for &(face, glyph, x) in &self.glyphs {
            let upright = em(face, self.size);
            let scale = PxScale { x: upright.x * self.narrow as f32, y: upright.y };
            let at = point((left + x) as f32, baseline as f32);
            let Some(outline) = face.outline_glyph(glyph.with_scale_and_position(scale, at)) else {
                continue;
            };
            let corner = outline.px_bounds().min;
            outline.draw(|dx, dy, coverage| {
                let (x, y) = (corner.x as i32 + dx as i32, corner.y as i32 + dy as i32);
                pixel(x, y, f64::from(coverage.clamp(0.0, 1.0)));
            });
        }
    }
}

/// The scale at which an em of a face is as large as a size: faces scale by their height, which is more.
fn em(face: &FontVec, size: f64) -> PxScale {
    let units = face.units_per_em().unwrap_or(1000.0);
    PxScale::from(size as f32 * face.height_unscaled() / units)
}

fn has_all(face: &FontVec, sample: &str) -> bool {
    sample.chars().all(|c| face.glyph_id(c) != GlyphId(0))
}

fn face(database: &Database, id: ID) -> Option<FontVec> {
    database
        .with_face_data(id, |data, index| FontVec::try_from_vec_and_index(data.to_vec(), index).ok())
        .flatten()
}

/// Faces: those of the list for SVG, then upright ones of normal weight with and without "sans" in their name, then
/// the others; inside by name, so that the order does not hang on how folders are listed.
fn in_order(database: &Database) -> Vec<ID> {
    let named = FONTS.split(", ").filter(|name| *name != "sans-serif");
    let mut order: Vec<ID> = named
        .filter_map(|name| database.query(&Query { families: &[Family::Name(name)], ..Query::default() }))
        .collect();
    let mut others: Vec<_> = database
        .faces()
        .filter(|info| !order.contains(&info.id))
        .map(|info| {
            let odd = info.style != fontdb::Style::Normal || info.weight != fontdb::Weight::NORMAL;
            let sans = info.post_script_name.contains("Sans") || info.post_script_name.contains("Hei");
            ((odd, info.monospaced, !sans, info.post_script_name.clone(), info.index), info.id)
        })
        .collect();
    others.sort();
    order.extend(others.into_iter().map(|(_, id)| id));
    order
}
