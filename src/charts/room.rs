//! Where labels find room: beside their points, over nothing else, at every width that a drawing can have.
//!
//! A drawing is as wide as its place in the page, and text keeps its size, so a label lies so many pixels beside a place
//! that is a share of the width. All its edges move evenly as the width grows. So two things keep apart at all widths
//! between two ends exactly when they stand in the same order at both ends, which makes that a simple question.

/// A range of widths in which a drawing shows labels of its own. The stylesheet tells the ranges apart by the width of the
/// window, so the widths of drawings in two of them overlap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Class of what is shown in it only.
    pub class: char,
    /// The narrowest window, in pixels.
    pub window: u16,
    /// The narrowest width of a drawing, in pixels.
    pub narrowest: f64,
    /// The widest.
    pub widest: f64,
    /// How high a plot is in it.
    pub height: f64,
}

/// The ranges, which follow on one another: phones, tablets and paper, small and large desktops.
pub const FRAMES: [Frame; 4] = [
    Frame { class: 'n', window: 316, narrowest: 224.0, widest: 444.0, height: 360.0 },
    Frame { class: 'm', window: 480, narrowest: 380.0, widest: 736.0, height: 440.0 },
    Frame { class: 'w', window: 768, narrowest: 644.0, widest: 1024.0, height: 540.0 },
    Frame { class: 'v', window: 1024, narrowest: 880.0, widest: 1240.0, height: 540.0 },
];

/// A place across: a share of the width, and pixels beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Across {
    /// From 0 to 1.
    pub share: f64,
    /// Pixels to the right.
    pub pixels: f64,
}

impl Across {
    /// A share of the width.
    #[must_use]
    pub fn share(share: f64) -> Self {
        Self { share, pixels: 0.0 }
    }

    fn beside(self, pixels: f64) -> Self {
        Self { share: self.share, pixels: self.pixels + pixels }
    }

    /// In pixels, at a width.
    #[must_use]
    pub fn at(self, width: f64) -> f64 {
        self.share * width + self.pixels
    }

    /// Whether this lies at or before the other at every width of a frame.
    fn is_before(self, other: Self, frame: &Frame) -> bool {
        [frame.narrowest, frame.widest].into_iter().all(|width| self.at(width) <= other.at(width))
    }
}

/// A rectangle; down it is measured in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub left: Across,
    /// Its right edge.
    pub right: Across,
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Area {
    /// A square around a point.
    #[must_use]
    pub fn around(share: f64, y: f64, radius: f64) -> Self {
        let middle = Across::share(share);
        Self { left: middle.beside(-radius), right: middle.beside(radius), top: y - radius, bottom: y + radius }
    }

    /// Whether the two have something in common at some width of a frame.
    #[must_use]
    pub fn meets(&self, other: &Self, frame: &Frame) -> bool {
        self.top < other.bottom
            && other.top < self.bottom
            && !self.right.is_before(other.left, frame)
            && !other.right.is_before(self.left, frame)
    }

    /// How much of this lies over the other in the narrowest drawing of a frame: pixels across, of what is at one height.
    fn covers(&self, other: &Self, frame: &Frame) -> f64 {
        if self.top >= other.bottom || other.top >= self.bottom {
            return 0.0;
        }
        let at = |across: Across| across.at(frame.narrowest);
        (at(self.right).min(at(other.right)) - at(self.left).max(at(other.left))).max(0.0)
    }

    /// Whether it lies within the frame at every width, when that is so high.
    #[must_use]
    pub fn lies_in(&self, frame: &Frame, height: f64) -> bool {
        let (left, right) = (Across::share(0.0), Across::share(1.0));
        self.top >= 0.0
            && self.bottom <= height
            && left.is_before(self.left, frame)
            && self.right.is_before(right, frame)
    }
}

/// Where a label stands, seen from its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Right of it.
    Right,
    /// Left of it.
    Left,
    /// Over it.
    Above,
    /// Under it.
    Below,
    /// Over it, to the left.
    LeftAbove,
    /// Under it, to the right.
    RightBelow,
    /// Over it, to the right.
    RightAbove,
    /// Under it, to the left.
    LeftBelow,
}

/// From the middle of a point to a label beside it.
const ASIDE: f64 = 8.0;
/// How far a label over or under a point that begins or ends there reaches over to the other side.
const BACK: f64 = 4.0;
/// From the middle of a point to the line on which the letters over and under it stand.
const UP: f64 = -10.0;
const DOWN: f64 = 17.0;
/// How far the letters of a line reach over and under the line that they stand on, at the stylesheet's size.
const ASCENT: f64 = 10.0;
const DESCENT: f64 = 3.5;

impl Spot {
    /// All of them; a label takes the first that is free.
    const ALL: [Self; 8] = [
        Self::Right,
        Self::Left,
        Self::Above,
        Self::Below,
        Self::LeftAbove,
        Self::RightBelow,
        Self::RightAbove,
        Self::LeftBelow,
    ];

    /// What of the text stands at its place: `start`, `middle` or `end`, as the class of the stylesheet, and the place from
    /// the middle of the point, in pixels across and down to the line on which the letters stand.
    #[must_use]
    pub fn offset(self) -> (Option<char>, f64, f64) {
        match self {
            Self::Right => (None, ASIDE, 4.0),
            Self::Left => (Some('e'), -ASIDE, 4.0),
            Self::Above => (Some('c'), 0.0, UP),
            Self::Below => (Some('c'), 0.0, DOWN),
            Self::LeftAbove => (Some('e'), BACK, UP),
            Self::RightBelow => (None, -BACK, DOWN),
            Self::RightAbove => (None, -BACK, UP),
            Self::LeftBelow => (Some('e'), BACK, DOWN),
        }
    }

    /// What a text of this width covers at the spot of a point.
    fn area(self, share: f64, y: f64, width: f64) -> Area {
        let (anchor, dx, dy) = self.offset();
        let left = match anchor {
            None => dx,
            Some('e') => dx - width,
            Some(_) => dx - width / 2.0,
        };
        let left = Across::share(share).beside(left);
        Area { left, right: left.beside(width), top: y + dy - ASCENT, bottom: y + dy + DESCENT }
    }
}

/// A point that would like to have its name beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Where it lies across, as a share.
    pub share: f64,
    /// Where it lies down, in pixels.
    pub y: f64,
    /// How wide its name is.
    pub width: f64,
}

/// What is in the way.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Obstacles {
    /// What no label may cover.
    pub solid: Vec<Area>,
    /// What a label covers as little of as it can.
    pub soft: Vec<Area>,
}

/// Places labels in the order of the wishes, so that none meets another, an obstacle, or the edge of the frame, which is so
/// high. A label without room is left out.
#[must_use]
pub fn place(frame: &Frame, height: f64, obstacles: &Obstacles, wishes: &[Wish]) -> Vec<Option<(Spot, Area)>> {
    let mut taken: Vec<Area> = obstacles.solid.clone();
    let mut places = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let free = |spot: &Spot| {
            let area = spot.area(wish.share, wish.y, wish.width);
            let is_free = area.lies_in(frame, height) && !taken.iter().any(|other| other.meets(&area, frame));
            is_free.then_some((*spot, area))
        };
        let covered = |area: &Area| obstacles.soft.iter().map(|other| area.covers(other, frame)).sum::<f64>();
        let free = Spot::ALL.iter().filter_map(free).map(|(spot, area)| (covered(&area), spot, area));
        // Of equals the first is taken.
        let found = free.min_by(|(a, ..), (b, ..)| a.total_cmp(b)).map(|(_, spot, area)| (spot, area));
        taken.extend(found.map(|(_, area)| area));
        places.push(found);
    }
    places
}

/// At most how wide a text is in any of the usual sans-serif fonts, in pixels at the stylesheet's 12 px. Scripts of which
/// little is known count as wide.
#[must_use]
pub fn text_width(text: &str, bold: bool) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'I' | '|' | '\'' | '.' | ',' | ':' | ';' | '!' => 0.36,
            ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 0.45,
            'm' | 'w' | 'M' | 'W' | '%' | '@' | '&' => 1.02,
            '#' | '+' | '=' | '<' | '>' | '~' | '_' => 0.86,
            'A'..='Z' => 0.8,
            'a'..='z' | '0'..='9' => 0.66,
            _ if c.is_ascii() => 0.66,
            '\u{a0}'..='\u{24f}' => 0.82,
            '\u{370}'..='\u{52f}' => 0.95,
            _ => 1.35,
        })
        .sum();
    em * 12.0 * if bold { 1.1 } else { 1.0 }
}

/// The first of some rows of texts whose texts keep apart at every width of a frame, each being centred at its place; the
/// row with fewest texts when none does.
#[must_use]
pub fn row_with_room<'a, T>(frame: &Frame, rows: &'a [Vec<T>], place_and_width: impl Fn(&T) -> (f64, f64)) -> &'a [T] {
    /// What is kept free between two texts.
    const GAP: f64 = 12.0;
    let has_room = |row: &&Vec<T>| {
        row.windows(2).all(|pair| {
            let [(a, a_width), (b, b_width)] = [&pair[0], &pair[1]].map(&place_and_width);
            let end = Across::share(a).beside(a_width / 2.0 + GAP);
            end.is_before(Across::share(b).beside(-b_width / 2.0), frame)
        })
    };
    let fewest = || rows.iter().filter(|row| !row.is_empty()).min_by_key(|row| row.len());
    rows.iter().filter(|row| !row.is_empty()).find(has_room).or_else(fewest).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::dice::Dice;

    /// What two areas have in common at one width, without the reasoning about all widths.
    fn overlap_at(a: &Area, b: &Area, width: f64) -> bool {
        let slack = 1e-9;
        a.left.at(width) + slack < b.right.at(width)
            && b.left.at(width) + slack < a.right.at(width)
            && a.top < b.bottom
            && b.top < a.bottom
    }

    #[test]
    fn labels_never_meet_each_other_a_point_or_the_frame_at_any_width() {
        let mut dice = Dice::new(5);
        let mut placed = 0;
        for round in 0..40 {
            for frame in &FRAMES {
                let number = 1 + dice.below(200) as usize;
                // Some rounds are crowded into a corner, or have many points in one place.
                let grain = [1_000, 30, 4][round % 3];
                let share = |dice: &mut Dice| dice.below(grain + 1) as f64 / grain as f64;
                let wishes: Vec<Wish> = (0..number)
                    .map(|_| Wish {
                        share: share(&mut dice),
                        y: share(&mut dice) * frame.height,
                        width: 10.0 + dice.below(160) as f64,
                    })
                    .collect();
                let points: Vec<Area> = wishes.iter().map(|wish| Area::around(wish.share, wish.y, 6.0)).collect();
                let line = Area { left: Across::share(0.1), right: Across::share(0.9), top: 100.0, bottom: 101.0 };
                let obstacles = Obstacles { solid: points.clone(), soft: vec![line] };
                let places = place(frame, frame.height, &obstacles, &wishes);
                assert_eq!(places.len(), wishes.len());
                let labels: Vec<Area> = places.iter().flatten().map(|(_, area)| *area).collect();
                placed += labels.len();
                let widths = [frame.narrowest, frame.narrowest + 1.0, 333.0, 600.0, 800.0, 1_000.0, frame.widest]
                    .map(|width| width.clamp(frame.narrowest, frame.widest));
                for width in widths {
                    for (at, label) in labels.iter().enumerate() {
                        assert!(labels[at + 1..].iter().all(|other| !overlap_at(label, other, width)));
                        assert!(points.iter().all(|point| !overlap_at(label, point, width)));
                        let inside = label.left.at(width) >= 0.0 && label.right.at(width) <= width + 1e-9;
                        assert!(inside && label.top >= 0.0 && label.bottom <= frame.height, "{label:?}");
                    }
                }
            }
        }
        assert!(placed > 1_000, "labels do find room: {placed}");
    }

    #[test]
    fn a_label_prefers_the_right_side_and_avoids_lines_where_it_can() {
        let frame = &FRAMES[2];
        let wish = Wish { share: 0.5, y: 200.0, width: 60.0 };
        let point = Area::around(0.5, 200.0, 6.0);
        let spot = |soft: Vec<Area>, share: f64| {
            let obstacles = Obstacles { solid: vec![Area::around(share, 200.0, 6.0)], soft };
            place(frame, frame.height, &obstacles, &[Wish { share, ..wish }])[0].map(|(spot, _)| spot)
        };
        assert_eq!(spot(Vec::new(), 0.5), Some(Spot::Right));
        assert_eq!(spot(Vec::new(), 0.99), Some(Spot::Left));
        let right = Area { left: Across::share(0.5), right: Across::share(1.0), top: 199.0, bottom: 201.0 };
        assert_eq!(spot(vec![right], 0.5), Some(Spot::Left));
        let everything = Area { left: Across::share(0.0), right: Across::share(1.0), top: 0.0, bottom: 540.0 };
        assert_eq!(spot(vec![everything], 0.5), Some(Spot::Right), "a line is better crossed than a name left out");
        let full = Obstacles { solid: vec![point, everything], soft: Vec::new() };
        assert_eq!(place(frame, frame.height, &full, &[wish]), [None]);
        let long = Wish { width: 2_000.0, ..wish };
        assert_eq!(place(frame, frame.height, &Obstacles::default(), &[long]), [None]);
    }

    #[test]
    fn two_that_change_sides_as_the_drawing_grows_meet_in_between() {
        let frame = &FRAMES[0];
        let area = |share, pixels: f64| {
            let left = Across { share, pixels };
            Area { left, right: left.beside(20.0), top: 0.0, bottom: 10.0 }
        };
        // In the narrowest drawing the second lies left of the first, in the widest right of it.
        let (fixed, moving) = (area(0.0, 100.0), area(0.5, -60.0));
        let ends = [frame.narrowest, frame.widest];
        assert!(ends.into_iter().all(|width| !overlap_at(&fixed, &moving, width)));
        assert!(fixed.meets(&moving, frame) && overlap_at(&fixed, &moving, 320.0));
    }

    /// The rules of the stylesheet for a window that is at least so wide.
    fn rules(css: &str, window: u16) -> &str {
        let (_, rules) = css.split_once(&format!("@media (min-width: {window}px")).expect("the range has its rules");
        rules.split_once("\n}").map_or(rules, |(rules, _)| rules)
    }

    #[test]
    fn frames_are_those_of_the_stylesheet() {
        let css = include_str!("../../static/theme/css/charts.css");
        for (at, frame) in FRAMES.iter().enumerate() {
            let rules = rules(css, frame.window);
            assert!(rules.contains(&format!(".plot .{} {{ display: inline }}", frame.class)), "{rules}");
            assert!(rules.contains(&format!(".plot:not([height]) {{ height: {}px }}", frame.height)), "{rules}");
            let end = FRAMES.get(at + 1).map(|next| format!(" and (max-width: {}.98px)", next.window - 1));
            assert!(end.is_none_or(|end| rules.starts_with(&format!("){end}"))), "{rules}");
        }
        assert!(
            css.contains(".plot text { font: 12px ") && css.contains("font-size: 11px"),
            "widths of texts are for these"
        );
        assert!(css.contains("margin-left: 44px"), "numbers beside a plot take as much as the next test reckons with");
    }

    #[test]
    fn a_drawing_is_as_wide_as_its_frame_says_in_every_window() {
        for (at, frame) in FRAMES.iter().enumerate() {
            let end = FRAMES.get(at + 1).map_or(2_000, |next| next.window);
            for window in frame.window..end {
                // The page has gutters, clamp(1rem, 4vw, 2.5rem), and is 82rem wide at most; beside it may be a scroll bar.
                let gutters = 2.0 * (f64::from(window) * 0.04).clamp(16.0, 40.0);
                for (scroll_bar, numbers) in [(0.0, 0.0), (0.0, 44.0), (15.0, 0.0), (15.0, 44.0)] {
                    let width = (f64::from(window) - scroll_bar).min(1_312.0) - gutters - numbers;
                    assert!((frame.narrowest..=frame.widest).contains(&width), "{width} in a window of {window}");
                }
            }
        }
    }

    #[test]
    fn the_densest_row_that_has_room_is_taken() {
        let rows = vec![vec![0.1, 0.2, 0.3, 0.4], vec![0.1, 0.5], vec![0.1]];
        let number = |width: f64, frame: &Frame| row_with_room(frame, &rows, |place| (*place, width)).len();
        assert_eq!([number(8.0, &FRAMES[0]), number(50.0, &FRAMES[0]), number(5_000.0, &FRAMES[0])], [4, 2, 1]);
        assert_eq!(number(50.0, &FRAMES[2]), 4);
    }
}
