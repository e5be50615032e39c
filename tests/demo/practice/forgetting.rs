//! People who forget by a law that the schedule does not know: what do they remember on the day?

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use concepts::numerics::rng;
use demos::practice::drill::schedule::{Rating, Schedule, begin};
use rand::Rng;

const CARDS: usize = 100;
const DAYS: i64 = 21;

const PEOPLE: u64 = 40;

/// How long a card stays in a memory: it is known with probability exp(−t/stability). To be asked what is fresh adds
/// nothing; at nine in ten the stability grows 2.5 times, as in the oldest of such schedules (SM-2), and never more
/// than 3 times.
struct Memory {
    stability: Vec<Option<(f64, DateTime<Utc>)>>,
    first: Vec<f64>,
}

impl Memory {
    fn new(rng: &mut impl Rng) -> Memory {
        Memory {
            stability: vec![None; CARDS],
            first: (0..CARDS).map(|_| rng.random_range(1.0..6.0)).collect(),
        }
    }

    fn knows(&self, card: usize, now: DateTime<Utc>) -> f64 {
        self.stability[card].map_or(0.0, |(stability, last)| {
            (-(now - last).num_seconds() as f64 / 86_400.0 / stability).exp()
        })
    }

    /// Asked; then the answer is read, so that it is in memory again.
    fn asked(&mut self, card: usize, now: DateTime<Utc>, rng: &mut impl Rng) -> bool {
        let knows = self.knows(card, now);
        let right = rng.random_bool(knows);
        let stability = match self.stability[card] {
            None => self.first[card],
            Some((stability, _)) if right => stability * (1.0 + 15.0 * (1.0 - knows)).min(3.0),
            Some((stability, _)) => (stability * 0.5).max(self.first[card]),
        };
        self.stability[card] = Some((stability, now));
        right
    }
}

fn day(n: i64) -> DateTime<Utc> {
    begin(NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()) + Duration::days(n) + Duration::hours(20)
}

fn name(card: usize) -> String {
    format!("card {card}")
}

/// What is known on the day, on average over all cards.
fn on_the_day(memory: &Memory) -> f64 {
    (0..CARDS).map(|card| memory.knows(card, day(DAYS))).sum::<f64>() / CARDS as f64
}

fn with_the_schedule(person: u64, a_day: usize) -> f64 {
    let mut rng = rng(person, "forgetting");
    let mut memory = Memory::new(&mut rng);
    let mut schedule = Schedule::default();
    schedule.set_interview(day(DAYS).date_naive());
    let names: Vec<String> = (0..CARDS).map(name).collect();
    for n in 0..DAYS {
        let order = schedule.order(names.iter().map(String::as_str), day(n));
        let order: Vec<String> = order.into_iter().take(a_day).map(String::from).collect();
        for card in order {
            let number: usize = card.trim_start_matches("card ").parse().unwrap();
            let right = memory.asked(number, day(n), &mut rng);
            schedule.review(&card, if right { Rating::Good } else { Rating::Again }, day(n));
        }
    }
    on_the_day(&memory)
}

/// After 1, 3 and 7 days, then every 7; from the beginning after a mistake.
fn with_fixed_intervals(person: u64, a_day: usize) -> f64 {
    const INTERVALS: [i64; 3] = [1, 3, 7];
    let mut rng = rng(person, "forgetting");
    let mut memory = Memory::new(&mut rng);
    let mut due: BTreeMap<usize, (i64, usize)> = BTreeMap::new();
    for n in 0..DAYS {
        let mut today: Vec<usize> =
            due.iter().filter(|(_, (at, _))| *at <= n).map(|(card, _)| *card).collect();
        today.sort_by_key(|card| due[card].0);
        today.extend((0..CARDS).filter(|card| !due.contains_key(card)));
        for card in today.into_iter().take(a_day) {
            let right = memory.asked(card, day(n), &mut rng);
            let step = due.get(&card).map_or(0, |(_, step)| if right { (step + 1).min(2) } else { 0 });
            due.insert(card, (n + INTERVALS[step], step));
        }
    }
    on_the_day(&memory)
}

#[test]
fn the_schedule_is_worth_its_minutes() {
    // Answers a day, the same for both: hardly enough, and plenty.
    for a_day in [20, 40] {
        let gain = |person| with_the_schedule(person, a_day) - with_fixed_intervals(person, a_day);
        let gains: Vec<f64> = (0..PEOPLE).map(gain).collect();
        let n = gains.len() as f64;
        let mean = gains.iter().sum::<f64>() / n;
        let error = (gains.iter().map(|gain| (gain - mean).powi(2)).sum::<f64>() / (n - 1.0) / n).sqrt();
        println!("{a_day} a day: {mean:.3} more is known on the day, standard error {error:.4}");
        assert!(mean > 4.0 * error, "{a_day} a day: {mean} ± {error}");
    }
}
