//! A network that learns a task: its gradient, and what it learns.

use concepts::decoding::LanguageModel;
use concepts::numerics::tolerance::{DIFFERENCE_STEP, GRADIENT};
use concepts::numerics::{central_difference, relative_error};
use concepts::tasks::{
    Copying, Decoder, Example, Lesson, Network, Part, Plan, Retrieval, Task, TasksError, Translation,
    compare, is_held_out, teach,
};

use super::prompts;

#[test]
fn the_gradient_is_that_of_differences() {
    let network = Network::new(3, 5, 7).unwrap();
    let examples: Vec<Example> = vec![(vec![1, 2], 3), (vec![], 4), (vec![9, 9, 9, 9], 0), (vec![500], 1)];
    let (_, gradient) = network.loss_and_gradient(&examples).unwrap();
    for place in 0..6 {
        let loss = |part: &ndarray::Array2<f64>| {
            network.clone().with_part(place, part.clone()).loss_and_gradient(&examples).unwrap().0
        };
        let numeric = central_difference(loss, &network.parts()[place], DIFFERENCE_STEP);
        let error = relative_error(&gradient.parts()[place], &numeric);
        assert!(error < GRADIENT, "part {place}: {error}");
    }
}

#[test]
fn it_learns_prompts_that_it_never_saw() {
    let task = Copying { length: 3 };
    let lesson = Lesson { steps: 400, ..Lesson::default() };
    let learnt = teach(&task, lesson, 7).unwrap();
    assert_eq!(learnt, teach(&task, lesson, 7).unwrap());
    let part = Part { task: &task, held_out: true };
    assert!(prompts(&part, 50, 1).iter().all(|prompt| is_held_out(prompt)));
    let seen = Part { task: &task, held_out: false };
    assert!(prompts(&seen, 50, 1).iter().all(|prompt| !is_held_out(prompt)));
    let accuracy = |network: Network| {
        compare(&[network], &part, &[Decoder::Greedy], &Plan::default()).unwrap()[0].accuracy.estimate
    };
    let window = 4 + task.longest();
    assert!(accuracy(Network::new(window, lesson.width, 7).unwrap()) < 0.1);
    assert!(accuracy(learnt.network) > 0.9);
}

#[test]
fn it_learns_how_often_people_choose() {
    let task = Translation { concepts: 2, free: 0.6 };
    let learnt = teach(&task, Lesson { steps: 600, ..Lesson::default() }, 7).unwrap();
    let prompt = &prompts(&task, 1, 2)[0];
    let mut state = learnt.network.start();
    prompt.iter().for_each(|&token| learnt.network.advance(&mut state, token));
    let mut logits = vec![0.0; learnt.network.vocab_size()];
    learnt.network.logits(&state, &mut logits);
    let p = concepts::decoding::Candidates::from_logits(&logits).unwrap();
    let free = p.find(concepts::tasks::FREE).unwrap().prob;
    assert!((free - 0.6).abs() < 0.1, "{free}");
}

#[test]
fn what_cannot_be_learnt_is_refused() {
    let task = Retrieval { pairs: 2 };
    let usual = Lesson::default();
    assert!(matches!(teach(&task, Lesson { steps: 0, ..usual }, 1), Err(TasksError::Size { .. })));
    assert!(matches!(teach(&task, Lesson { rate: f64::NAN, ..usual }, 1), Err(TasksError::Parameter { .. })));
    let network = Network::new(2, 2, 1).unwrap();
    assert!(network.loss_and_gradient(&[]).is_err());
    assert!(network.loss_and_gradient(&[(vec![], concepts::tasks::FIRST_JUNK)]).is_err());
    assert!(Network::new(0, 2, 1).is_err() && Network::new(2, 5000, 1).is_err());
    assert!(!task.name().is_empty());
}
