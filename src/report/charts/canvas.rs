//! The drawing surface: records what is drawn, to be rendered as SVG or PNG and to be checked.

use super::palette::Colour;
pub use super::words::text_width;
use super::words::{INK_HEIGHT, plain};
use std::cell::{Cell, RefCell};

/// Where text stands against its point; always centred on its height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A point in pixels, y downwards.
pub type Point = (f64, f64);

/// A shape that marks a point; shapes tell scenarios apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the shapes")]
pub enum Mark {
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
    Plus,
}

impl Mark {
    /// All shapes.
    pub const ALL: [Self; 6] =
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond, Self::Cross, Self::Plus];
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled polygon.
    Polygon(Vec<Point>),
    /// A line through points of a width.
    Line(Vec<Point>, f64),
    /// A filled circle: middle and radius.
    Circle(Point, f64),
    /// Text without markup of a size, at a point.
    Text(String, Point, f64, Anchor),
}

/// What an item is to its reader, and so to the check of legibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Shows data: foreign text must not lie on it.
    Data,
    /// Ground: axes, rules, panels.
    Ground,
}

/// An item of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The shape.
    pub shape: Shape,
    /// Its colour.
    pub colour: Colour,
    /// Its opacity, 0 to 1.
    pub opacity: f64,
    /// What it is to its reader.
    pub role: Role,
    /// Items of one group belong together: text of it may lie on its marks. `None` belongs to nothing.
    pub group: Option<usize>,
}

impl Item {
    /// The box of a text: upper left and lower right corner; `None` for other shapes.
    #[must_use]
    pub fn text_box(&self) -> Option<(Point, Point)> {
        let Shape::Text(text, (x, y), size, anchor) = &self.shape else { return None };
        let wide = text_width(text, *size);
        let left = match anchor {
            Anchor::Start => *x,
            Anchor::Middle => x - wide / 2.0,
            Anchor::End => x - wide,
        };
        let half = size * INK_HEIGHT / 2.0;
        Some(((left, y - half), (left + wide, y + half)))
    }
}

/// A picture as a list of what is drawn, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// Items, the first at the bottom.
    pub items: Vec<Item>,
}

/// A picture being drawn.
pub struct Canvas<'a> {
    items: &'a RefCell<Vec<Item>>,
    role: Cell<Role>,
    group: Cell<Option<usize>>,
    groups: Cell<usize>,
}

/// Draws a picture of a size on white.
#[must_use]
pub fn picture(width: f64, height: f64, draw: impl FnOnce(&Canvas<'_>)) -> Drawing {
    let (width, height) = (width.ceil().max(1.0), height.ceil().max(1.0));
    let items = RefCell::new(Vec::new());
    {
        let (role, group, groups) = (Cell::new(Role::Data), Cell::new(None), Cell::new(0));
        let canvas = Canvas { items: &items, role, group, groups };
        canvas.backdrop(|| canvas.rectangle((0.0, 0.0), (width, height), Colour::WHITE, 1.0));
        draw(&canvas);
    }
    Drawing { width, height, items: items.into_inner() }
}

impl Canvas<'_> {
    /// What is drawn inside is ground and no data: text may lie on it. White and the colour of rules always are.
    pub fn backdrop(&self, draw: impl FnOnce()) {
        let before = self.role.replace(Role::Ground);
        draw();
        self.role.set(before);
    }

    /// What is drawn inside belongs together: its text may lie on its marks.
    pub fn together(&self, draw: impl FnOnce()) {
        self.groups.set(self.groups.get() + 1);
        let before = self.group.replace(Some(self.groups.get()));
        draw();
        self.group.set(before);
    }

    fn push(&self, shape: Shape, colour: Colour, opacity: f64) {
        let ground = colour == Colour::WHITE || colour == Colour::RULE;
        let role = if ground { Role::Ground } else { self.role.get() };
        self.items.borrow_mut().push(Item { shape, colour, opacity, role, group: self.group.get() });
    }

    /// A filled rectangle between two corners.
    pub fn rectangle(&self, from: Point, to: Point, colour: Colour, opacity: f64) {
        self.polygon(&[from, (to.0, from.1), to, (from.0, to.1)], colour, opacity);
    }

    /// The outline of a rectangle; ground, since it frames what stands in it.
    pub fn outline(&self, from: Point, to: Point, colour: Colour, width: u32) {
        let (from, to, wide) =
            ((from.0.min(to.0), from.1.min(to.1)), (from.0.max(to.0), from.1.max(to.1)), f64::from(width));
        self.backdrop(|| {
            self.rectangle(from, (to.0, from.1 + wide), colour, 1.0);
            self.rectangle((from.0, to.1 - wide), to, colour, 1.0);
            self.rectangle((from.0, from.1 + wide), (from.0 + wide, to.1 - wide), colour, 1.0);
            self.rectangle((to.0 - wide, from.1 + wide), (to.0, to.1 - wide), colour, 1.0);
        });
    }

    /// A filled polygon.
    pub fn polygon(&self, points: &[Point], colour: Colour, opacity: f64) {
        self.push(Shape::Polygon(points.to_vec()), colour, opacity);
    }

    /// A line through points.
    pub fn line(&self, points: &[Point], colour: Colour, width: f64, opacity: f64) {
        self.push(Shape::Line(points.to_vec(), width), colour, opacity);
    }

    /// Text of a size in pixels. Characters that no reader sees (controls, marks of direction) are left out.
    pub fn text(&self, text: &str, at: Point, size: f64, anchor: Anchor, colour: Colour) {
        self.push(Shape::Text(plain(text), at, size, anchor), colour, 1.0);
    }

    /// A mark of a half-width.
    pub fn mark(&self, mark: Mark, (x, y): Point, half: f64, colour: Colour) {
        let (l, r, t, b) = (x - half, x + half, y - half, y + half);
        match mark {
            Mark::Circle => self.push(Shape::Circle((x, y), half), colour, 1.0),
            Mark::Square => self.rectangle((l, t), (r, b), colour, 1.0),
            Mark::Triangle => self.polygon(&[(x, t), (r, b), (l, b)], colour, 1.0),
            Mark::Diamond => self.polygon(&[(x, t), (r, y), (x, b), (l, y)], colour, 1.0),
            Mark::Cross => {
                self.line(&[(l, t), (r, b)], colour, 2.0, 1.0);
                self.line(&[(l, b), (r, t)], colour, 2.0, 1.0);
            }
            Mark::Plus => {
                self.line(&[(l, y), (r, y)], colour, 2.0, 1.0);
                self.line(&[(x, t), (x, b)], colour, 2.0, 1.0);
            }
        }
    }
}
