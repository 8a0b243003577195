//! Whether a picture can be read: no text outside it, over other text, or over data it does not belong to.

use super::canvas::{Drawing, Item, Point, Role, Shape};
use super::palette::Colour;

/// How far boxes may touch, in pixels, before it counts.
const TOLERANCE: f64 = 0.5;

/// Why a text cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// It lies outside the picture, at least in part.
    Outside(String),
    /// Two texts lie over each other.
    Overlap(String, String),
    /// It lies over a mark of data of another group; the position of the mark in the drawing.
    OverData(String, usize),
    /// Its size is below that of print that can be read.
    Small(String, f64),
    /// It does not stand out from what lies under it; the contrast, 1 to 21.
    Faint(String, f64),
    /// A coordinate is no finite number; the position of the item.
    NoNumber(usize),
}

/// Least size of text in pixels of the drawing.
pub const LEAST_SIZE: f64 = 10.5;

/// Least contrast of text and its ground (WCAG 2.1, level AA).
pub const LEAST_CONTRAST: f64 = 4.5;

/// Box: upper left and lower right corner.
type Box = (Point, Point);

/// All faults of a drawing, in order. Takes time in the square of the texts and in texts times marks.
#[must_use]
pub fn faults(drawing: &Drawing) -> Vec<Fault> {
    let mut faults = Vec::new();
    let texts: Vec<(&Item, &str, Box)> = drawing.items.iter().filter_map(text).collect();
    for (position, item) in drawing.items.iter().enumerate() {
        if !is_finite(&item.shape) {
            faults.push(Fault::NoNumber(position));
        }
    }
    for (position, &(item, words, around)) in texts.iter().enumerate() {
        let ((left, top), (right, bottom)) = around;
        let inside = left >= 0.0 && top >= 0.0 && right <= drawing.width && bottom <= drawing.height;
        if !inside {
            faults.push(Fault::Outside(words.to_owned()));
        }
        if let Shape::Text(_, _, size, _) = item.shape
            && size < LEAST_SIZE
        {
            faults.push(Fault::Small(words.to_owned(), size));
        }
        let contrast = contrast(drawing, item, around);
        if contrast < LEAST_CONTRAST {
            faults.push(Fault::Faint(words.to_owned(), contrast));
        }
        for &(_, others, other) in &texts[position + 1..] {
            if meets(around, other) {
                faults.push(Fault::Overlap(words.to_owned(), others.to_owned()));
            }
        }
        for (mark, data) in drawing.items.iter().enumerate() {
            let foreign = data.role == Role::Data && (data.group.is_none() || data.group != item.group);
            if foreign && covers(&data.shape, around) {
                faults.push(Fault::OverData(words.to_owned(), mark));
            }
        }
    }
    faults
}

fn text(item: &Item) -> Option<(&Item, &str, Box)> {
    let Shape::Text(words, ..) = &item.shape else { return None };
    (!words.trim().is_empty()).then_some((item, words.as_str(), item.text_box()?))
}

fn is_finite(shape: &Shape) -> bool {
    let finite = |&(x, y): &Point| x.is_finite() && y.is_finite();
    match shape {
        Shape::Polygon(points) | Shape::Line(points, _) => points.iter().all(finite),
        Shape::Circle(middle, radius) => finite(middle) && radius.is_finite(),
        Shape::Text(_, at, size, _) => finite(at) && size.is_finite(),
    }
}

fn meets(a: Box, b: Box) -> bool {
    let apart = |a: (f64, f64), b: (f64, f64)| a.1.min(b.1) - a.0.max(b.0) <= TOLERANCE;
    !apart((a.0.0, a.1.0), (b.0.0, b.1.0)) && !apart((a.0.1, a.1.1), (b.0.1, b.1.1))
}

/// Whether a shape lies under a box.
fn covers(shape: &Shape, ((left, top), (right, bottom)): Box) -> bool {
    let edge = |by: f64| ((left + by, top + by), (right - by, bottom - by));
    match shape {
        Shape::Text(..) => false,
        Shape::Circle((x, y), radius) => {
            let (dx, dy) = (x - x.clamp(left, right), y - y.clamp(top, bottom));
            libm::hypot(dx, dy) < radius - TOLERANCE
        }
        Shape::Line(points, width) => {
            let around = edge(TOLERANCE - width / 2.0);
            points.windows(2).any(|ends| crosses(ends[0], ends[1], around))
        }
        Shape::Polygon(points) => {
            let around = edge(TOLERANCE);
            let closed = points.iter().zip(points.iter().cycle().skip(1));
            let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
            closed.into_iter().any(|(&a, &b)| crosses(a, b, around)) || encloses(points, middle)
        }
    }
}

/// Least contrast of a text with its ground: at its middle and near its ends, where it lies over what was drawn before.
fn contrast(drawing: &Drawing, text: &Item, ((left, top), (right, bottom)): Box) -> f64 {
    let middle = (top + bottom) / 2.0;
    let under = drawing.items.iter().take_while(|item| !std::ptr::eq(*item, text));
    let under: Vec<&Item> = under.filter(|item| !matches!(item.shape, Shape::Text(..))).collect();
    let ground = |at: Point| {
        let covering = under.iter().filter(|item| holds(&item.shape, at));
        covering.fold([255.0; 3], |ground, item| {
            let Colour(red, green, blue) = item.colour;
            let over = [red, green, blue].map(f64::from);
            std::array::from_fn(|part| ground[part] + (over[part] - ground[part]) * item.opacity)
        })
    };
    let Colour(red, green, blue) = text.colour;
    let ink = luminance([red, green, blue].map(f64::from));
    let places = [left + 1.0, (left + right) / 2.0, right - 1.0];
    places.into_iter().fold(f64::INFINITY, |least, x| {
        let ground = luminance(ground((x, middle)));
        least.min((ink.max(ground) + 0.05) / (ink.min(ground) + 0.05))
    })
}

/// Whether a point lies in a shape.
fn holds(shape: &Shape, at: Point) -> bool {
    match shape {
        Shape::Polygon(points) => encloses(points, at),
        Shape::Line(points, width) => {
            let half = width / 2.0;
            let around = ((at.0 - half, at.1 - half), (at.0 + half, at.1 + half));
            points.windows(2).any(|ends| crosses(ends[0], ends[1], around))
        }
        Shape::Circle((x, y), radius) => libm::hypot(x - at.0, y - at.1) <= *radius,
        Shape::Text(..) => false,
    }
}

/// Relative luminance of red, green, blue from 0 to 255, as WCAG 2.1 defines it.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let share = part / 255.0;
        if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Whether a segment and a box have a point in common (Liang and Barsky 1984).
fn crosses(a: Point, b: Point, ((left, top), (right, bottom)): Box) -> bool {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (slope, room) in [(-dx, a.0 - left), (dx, right - a.0), (-dy, a.1 - top), (dy, bottom - a.1)] {
        if slope == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if slope < 0.0 {
            enters = enters.max(room / slope);
        } else {
            leaves = leaves.min(room / slope);
        }
    }
    enters <= leaves
}

/// Whether a polygon holds a point (even and odd crossings).
fn encloses(points: &[Point], (x, y): Point) -> bool {
    let closed = points.iter().zip(points.iter().cycle().skip(1));
    let crossed =
        closed.filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0);
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::super::canvas::{Anchor, Canvas, Mark, picture};
    use super::*;

    fn of(draw: impl FnOnce(&Canvas<'_>)) -> Vec<Fault> {
        faults(&picture(200.0, 100.0, draw))
    }

    fn write(canvas: &Canvas<'_>, words: &str, at: Point) {
        canvas.text(words, at, 12.0, Anchor::Start, Colour::INK);
    }

    #[test]
    fn a_clean_picture_has_no_fault() {
        let found = of(|canvas| {
            canvas.backdrop(|| canvas.rectangle((0.0, 0.0), (200.0, 50.0), Colour::SKY, 0.2));
            canvas.line(&[(0.0, 20.0), (200.0, 20.0)], Colour::RULE, 1.0, 1.0);
            write(canvas, "煤矸石", (10.0, 20.0));
            write(canvas, "灰渣", (60.0, 20.0));
            canvas.rectangle((10.0, 60.0), (100.0, 90.0), Colour::BLUE, 1.0);
        });
        assert_eq!(found, []);
    }

    #[test]
    fn text_outside_is_found_on_every_side_and_for_every_anchor() {
        for (at, anchor) in [
            ((-1.0, 50.0), Anchor::Start),
            ((170.0, 50.0), Anchor::Start),
            ((10.0, 50.0), Anchor::Middle),
            ((30.0, 50.0), Anchor::End),
            ((201.0, 50.0), Anchor::End),
            ((50.0, 3.0), Anchor::Start),
            ((50.0, 97.0), Anchor::Start),
        ] {
            let found = of(|canvas| canvas.text("煤矸石", at, 12.0, anchor, Colour::INK));
            assert_eq!(found, [Fault::Outside("煤矸石".to_owned())], "{at:?} {anchor:?}");
        }
    }

    #[test]
    fn texts_that_overlap_are_found_and_neighbours_are_not() {
        let at = |x: f64, y: f64| {
            of(|canvas| {
                write(canvas, "煤矸石", (10.0, 20.0));
                write(canvas, "砖", (x, y));
            })
        };
        assert_eq!(at(40.0, 20.0), [Fault::Overlap("煤矸石".to_owned(), "砖".to_owned())]);
        assert_eq!(at(40.0, 30.0), [Fault::Overlap("煤矸石".to_owned(), "砖".to_owned())]);
        assert_eq!(at(46.0, 20.0), []);
        assert_eq!(at(40.0, 33.0), []);
    }

    #[test]
    fn text_over_foreign_data_is_found_for_every_shape() {
        let draws: [fn(&Canvas<'_>); 5] = [
            |canvas| canvas.rectangle((0.0, 0.0), (200.0, 100.0), Colour::BLUE, 0.4),
            |canvas| canvas.line(&[(0.0, 0.0), (100.0, 100.0)], Colour::BLUE, 1.0, 1.0),
            |canvas| canvas.mark(Mark::Circle, (60.0, 40.0), 6.0, Colour::BLUE),
            |canvas| canvas.mark(Mark::Triangle, (50.0, 50.0), 4.0, Colour::BLUE),
            |canvas| canvas.line(&[(0.0, 60.0), (100.0, 60.0)], Colour::BLUE, 12.0, 1.0),
        ];
        for (position, draw) in draws.into_iter().enumerate() {
            let found = of(|canvas| {
                write(canvas, "煤矸石", (40.0, 50.0));
                draw(canvas);
            });
            assert!(matches!(found.as_slice(), [Fault::OverData(..)]), "{position}: {found:?}");
            let own = of(|canvas| {
                canvas.together(|| {
                    write(canvas, "煤矸石", (40.0, 50.0));
                    draw(canvas);
                });
            });
            assert_eq!(own, [], "{position}: it may lie on its own");
            let others = of(|canvas| {
                canvas.together(|| write(canvas, "煤矸石", (40.0, 50.0)));
                canvas.together(|| draw(canvas));
            });
            assert_eq!(others, found, "{position}: it may not lie on another group's");
        }
    }

    #[test]
    fn shapes_beside_a_text_are_no_fault() {
        let found = of(|canvas| {
            write(canvas, "煤矸石", (40.0, 50.0));
            canvas.rectangle((77.0, 0.0), (200.0, 100.0), Colour::BLUE, 1.0);
            canvas.line(&[(0.0, 40.0), (200.0, 40.0)], Colour::BLUE, 3.0, 1.0);
            canvas.mark(Mark::Circle, (30.0, 50.0), 9.0, Colour::BLUE);
            canvas.polygon(&[(0.0, 0.0), (200.0, 0.0), (0.0, 60.0)], Colour::WHITE, 1.0);
        });
        assert_eq!(found, []);
    }

    #[test]
    fn faint_words_are_found_on_paper_and_on_what_lies_under_them() {
        let on = |ground: Colour, opacity: f64, ink: Colour| {
            of(|canvas| {
                canvas.backdrop(|| canvas.rectangle((0.0, 0.0), (200.0, 100.0), ground, opacity));
                canvas.text("a", (50.0, 50.0), 12.0, Anchor::Start, ink);
            })
        };
        assert_eq!(on(Colour::WHITE, 1.0, Colour::INK), []);
        assert_eq!(on(Colour::SKY, 0.16, Colour::INK), []);
        assert!(matches!(on(Colour::WHITE, 1.0, Colour::SKY)[..], [Fault::Faint(..)]));
        assert!(matches!(on(Colour::INK, 0.8, Colour::FAINT)[..], [Fault::Faint(..)]));
        let Fault::Faint(_, black) = &on(Colour(0, 0, 0), 1.0, Colour(0, 0, 0))[0] else {
            panic!("not faint")
        };
        assert_eq!(*black, 1.0);
    }

    #[test]
    fn small_print_and_what_is_no_number_are_found() {
        let small = of(|canvas| canvas.text("a", (50.0, 50.0), 6.0, Anchor::Start, Colour::INK));
        assert_eq!(small, [Fault::Small("a".to_owned(), 6.0)]);
        let none = of(|canvas| canvas.rectangle((0.0, f64::NAN), (1.0, 1.0), Colour::INK, 1.0));
        assert_eq!(none, [Fault::NoNumber(1)]);
    }
}
