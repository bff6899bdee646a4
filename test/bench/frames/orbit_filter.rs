#[path = "support/ports.rs"]
mod ports;
use ports::*;

#[derive(Clone, Copy)]
struct State {
    position: [f64; 3],
    velocity: [f64; 3],
    spread: [f64; 6],
}

struct Measurement {
    range: f32,
    angle: f32,
    rate: f32,
    good: bool,
}

async fn reading(sensor: u32) -> f32 {
    let mut raw = [0u8; 8];
    fill(sensor, &mut raw).await;
    let sum: i32 = raw.chunks(2).map(|c| i16::from_le_bytes([c[0], c[1]]) as i32 / 4).sum();
    sum as f32 / 4.0
}

async fn measure(sensor: u32) -> Measurement {
    let range = reading(sensor).await;
    let angle = reading(sensor).await;
    let rate = reading(sensor).await;
    let good = get(sensor).await > 30;
    Measurement { range, angle, rate, good }
}

async fn predict(clock: u32, mut s: State, substeps: u32) -> State {
    for _ in 0..substeps {
        for k in 0..3 {
            s.position[k] += s.velocity[k] / 16.0;
            s.velocity[k] -= s.position[k] / 64.0;
            s.spread[k] += s.spread[k + 3] / 8.0 + 0.5;
        }
        ready(clock).await; // one step of the simulation
    }
    s
}

async fn correct(sensor: u32, mut s: State) -> State {
    let m = measure(sensor).await;
    if !m.good {
        return s;
    }
    let parts = [m.range, m.angle, m.rate];
    for k in 0..3 {
        let gain = s.spread[k] / (s.spread[k] + 8.0);
        s.position[k] += gain * (parts[k] as f64 - s.position[k]) / 2.0;
        s.spread[k] *= 1.0 - gain / 2.0;
        s.spread[k + 3] = s.spread[k + 3] / 2.0 + gain;
    }
    s
}

async fn follow(sensor: u32, clock: u32, output: u32, rounds: u32) -> u32 {
    let mut s = State {
        position: [100.0, 200.0, 300.0],
        velocity: [4.0, -4.0, 2.0],
        spread: [16.0, 16.0, 16.0, 2.0, 2.0, 2.0],
    };
    let mut sum = 0;
    for i in 0..rounds {
        s = predict(clock, s, 3).await;
        s = correct(sensor, s).await;
        if i % 4 == 3 {
            let mut report = [0u8; 12];
            for k in 0..3 {
                let part = (s.position[k] * 4.0) as i32;
                report[4 * k..4 * k + 4].copy_from_slice(&part.to_ne_bytes());
            }
            drain(output, &report).await;
            sum = digest(sum, &report);
        }
    }
    sum
}

fn main() {
    run(follow(0, 1, 2, 12));
}
