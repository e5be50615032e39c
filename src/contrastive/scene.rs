//! A small world of pictures with captions: one coloured shape in one corner.

use ndarray::Array1;
use rand::Rng;
use rand_distr::StandardNormal;

/// Pixels along a side of a picture.
pub const SIDE: usize = 12;
/// Numbers of a picture: red, green and blue of every pixel, row by row.
pub const PIXELS: usize = SIDE * SIDE * 3;
/// Words that tell scenes apart: four shapes, four colours, four places.
pub const WORDS: usize = 12;

named! {
    /// A shape.
    Shape {
        Circle = "circle",
        Square = "square",
        Triangle = "triangle",
        Cross = "cross",
    }
    /// A colour.
    Colour {
        Red = "red",
        Green = "green",
        Blue = "blue",
        Yellow = "yellow",
    }
    /// Where the shape stands.
    Place {
        UpperLeft = "upper left",
        UpperRight = "upper right",
        LowerLeft = "lower left",
        LowerRight = "lower right",
    }
}

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene {
    /// What.
    pub shape: Shape,
    /// In which colour.
    pub colour: Colour,
    /// Where.
    pub place: Place,
}

impl Scene {
    /// All 64 scenes.
    ///
    /// # Examples
    /// ```
    /// use concepts::contrastive::Scene;
    /// assert_eq!(Scene::all().len(), 64);
    /// assert_eq!(Scene::all()[0].to_string(), "a red circle at the upper left");
    /// ```
    pub fn all() -> Vec<Scene> {
        let places = |shape, colour| Place::ALL.iter().map(move |&place| Scene { shape, colour, place });
        let colours = |shape| Colour::ALL.iter().flat_map(move |&colour| places(shape, colour));
        Shape::ALL.iter().flat_map(|&shape| colours(shape)).collect()
    }

    /// Is it kept from training? One of four scenes is, so that each word and each pair of words is seen, and these
    /// three together never are.
    ///
    /// # Examples
    /// ```
    /// use concepts::contrastive::Scene;
    /// assert_eq!(Scene::all().iter().filter(|scene| scene.is_held_out()).count(), 16);
    /// ```
    pub fn is_held_out(self) -> bool {
        (self.shape as usize + self.colour as usize + self.place as usize).is_multiple_of(4)
    }

    /// The scenes that a caption may come from in training, or those kept from it.
    pub fn of(held_out: bool) -> Vec<Scene> {
        Scene::all().into_iter().filter(|scene| scene.is_held_out() == held_out).collect()
    }

    /// The words of the caption that tell scenes apart, as numbers below [`WORDS`].
    pub fn words(self) -> [usize; 3] {
        [self.shape as usize, 4 + self.colour as usize, 8 + self.place as usize]
    }

    /// In how many of the three words two captions differ.
    ///
    /// # Examples
    /// ```
    /// use concepts::contrastive::Scene;
    /// let all = Scene::all();
    /// assert_eq!((all[0].differs(all[0]), all[0].differs(all[1]), all[0].differs(all[63])), (0, 1, 3));
    /// ```
    pub fn differs(self, other: Scene) -> usize {
        self.words().iter().zip(other.words()).filter(|(a, b)| **a != *b).count()
    }

    /// A picture of the scene: size, place and every pixel vary a little from one to the next.
    ///
    /// # Shapes
    /// → [`PIXELS`] numbers from 0 to 1
    ///
    /// # Examples
    /// ```
    /// use concepts::contrastive::{PIXELS, Scene};
    /// use concepts::numerics::rng;
    /// let picture = Scene::all()[0].draw(&mut rng(7, "doc"));
    /// assert_eq!(picture.len(), PIXELS);
    /// assert!(picture.iter().all(|x| (0.0..=1.0).contains(x)));
    /// ```
    pub fn draw(self, rng: &mut impl Rng) -> Array1<f64> {
        let side = SIDE as f64;
        let radius = side * rng.random_range(0.19..0.23);
        let mut moved = || side * rng.random_range(-0.04..0.04);
        let (column, row) = ((self.place as usize % 2) as f64, (self.place as usize / 2) as f64);
        let (x, y) = (side * (0.25 + 0.5 * column) + moved(), side * (0.25 + 0.5 * row) + moved());
        let inside = |pixel: usize| {
            let at = |cell: usize, centre: f64| (cell as f64 + 0.5 - centre) / radius;
            self.shape.covers(at(pixel % SIDE, x), at(pixel / SIDE, y))
        };
        let colour = self.colour.rgb();
        Array1::from_shape_fn(PIXELS, |i| {
            let light = if inside(i / 3) { colour[i % 3] } else { 0.06 };
            let noise: f64 = rng.sample(StandardNormal);
            (light + 0.03 * noise).clamp(0.0, 1.0)
        })
    }
}

impl std::fmt::Display for Scene {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a {} {} at the {}", self.colour, self.shape, self.place)
    }
}

impl Shape {
    /// Does the shape cover this place? Its radius is 1; `y` grows downwards.
    fn covers(self, x: f64, y: f64) -> bool {
        match self {
            Shape::Circle => x * x + y * y <= 1.0,
            Shape::Square => x.abs() <= 0.85 && y.abs() <= 0.85,
            Shape::Triangle => (-1.0..=0.8).contains(&y) && x.abs() <= (y + 1.0) / 1.8,
            Shape::Cross => (x.abs() <= 0.33 && y.abs() <= 1.0) || (y.abs() <= 0.33 && x.abs() <= 1.0),
        }
    }
}

impl Colour {
    /// Red, green and blue.
    pub fn rgb(self) -> [f64; 3] {
        match self {
            Colour::Red => [0.9, 0.2, 0.2],
            Colour::Green => [0.2, 0.75, 0.3],
            Colour::Blue => [0.25, 0.4, 0.95],
            Colour::Yellow => [0.95, 0.85, 0.2],
        }
    }
}
