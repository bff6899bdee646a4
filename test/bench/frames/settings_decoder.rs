#[path = "support/ports.rs"]
mod ports;
use ports::*;

#[derive(Clone, Copy)]
enum Fault {
    TooLong = 1,
    BadKind,
    BadNumber,
}
use Fault::*;

struct Input {
    port: u32,
    at: u32,
}

#[derive(Clone, Copy)]
struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

#[derive(Clone, Copy)]
enum Value {
    None,
    Lamp(u32),
    Heating(f32),
    Scene([u8; 12]),
}

struct Zone {
    name: [u8; 20],
    color: Color,
    level: u32,
    value: Value,
}

struct Settings {
    id: u64,
    version: u32,
    zones: u32,
    checksum: u32,
}

async fn number(input: &mut Input) -> Result<u64, Fault> {
    let mut value = 0;
    for i in 0..10 {
        let byte = get(input.port).await;
        input.at += 1;
        value |= ((byte & 0x7f) as u64) << (i * 7);
        if byte < 160 {
            return Ok(value);
        }
    }
    Err(BadNumber)
}

async fn text(input: &mut Input, to: &mut [u8]) -> Result<(), Fault> {
    let n = number(input).await? as usize % 40;
    to.fill(0);
    if n > to.len() + 16 {
        return Err(TooLong);
    }
    let room = to.len().min(n);
    fill(input.port, &mut to[..room]).await;
    input.at += n as u32;
    Ok(())
}

async fn color(input: &mut Input) -> Result<Color, Fault> {
    let mut c = Color { red: 0, green: 0, blue: 0 };
    let end = input.at + 6;
    while input.at < end {
        let field = number(input).await? as u8;
        let value = number(input).await? as u8;
        match field & 3 {
            0 => c.red = value,
            1 => c.green = value,
            2 => c.blue = value,
            _ => {
                if value > 250 {
                    return Err(BadKind);
                }
            }
        }
    }
    Ok(c)
}

async fn zone(input: &mut Input, z: &mut Zone) -> Result<(), Fault> {
    let end = input.at + 30;
    *z = Zone {
        name: [0; 20],
        color: Color { red: 0, green: 0, blue: 0 },
        level: 0,
        value: Value::None,
    };
    while input.at < end {
        match number(input).await? & 7 {
            0 => text(input, &mut z.name).await?,
            1 => z.color = color(input).await?,
            2 | 3 => z.level = z.level.wrapping_add(number(input).await? as u32),
            4 => z.value = Value::Lamp(number(input).await? as u32),
            5 => z.value = Value::Heating((number(input).await? % 1000) as f32 / 8.0),
            _ => {
                let mut scene = [0; 12];
                text(input, &mut scene).await?;
                z.value = Value::Scene(scene);
            }
        }
    }
    Ok(())
}

async fn decode(input: &mut Input, s: &mut Settings, zones: u32) -> Result<(), Fault> {
    let mut z = Zone {
        name: [0; 20],
        color: Color { red: 0, green: 0, blue: 0 },
        level: 0,
        value: Value::None,
    };
    s.id = number(input).await?;
    s.version = number(input).await? as u32;
    for _ in 0..zones {
        zone(input, &mut z).await?;
        s.zones += 1;
        s.checksum = digest(s.checksum.wrapping_add(z.level), &z.name);
        let c = z.color;
        let mixed = c.red as u32 * 3 + c.green as u32 * 5 + c.blue as u32;
        s.checksum = s.checksum.wrapping_add(mixed);
        note(match z.value {
            Value::None => 0,
            Value::Lamp(lamp) => lamp,
            Value::Heating(heating) => heating as u32,
            Value::Scene(scene) => digest(1, &scene),
        });
    }
    Ok(())
}

async fn all(port: u32, messages: u32) -> u32 {
    let mut sum = 0u32;
    for _ in 0..messages {
        let mut input = Input { port, at: 0 };
        let mut s = Settings { id: 0, version: 0, zones: 0, checksum: 0 };
        if let Err(why) = decode(&mut input, &mut s, 3).await {
            note(why as u32 * 1000 + input.at);
        }
        sum = sum
            .wrapping_mul(31)
            .wrapping_add(s.checksum)
            .wrapping_add(s.zones)
            .wrapping_add(s.id as u32);
    }
    sum
}

fn main() {
    run(all(3, 6));
}
