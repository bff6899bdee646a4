#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::io::Write;


struct Request {
    method: [u8; 8],
    path: [u8; 64],
    body: usize,
    keep_alive: bool,
}
impl Request {
    fn new() -> Request {
        Request { method: [0; 8], path: [0; 64], body: 0, keep_alive: false }
    }
}

async fn read_line(port: u32, line: &mut [u8]) -> usize {
    let mut length = 0;
    loop {
        let c = get(port).await;
        if c == b'\n' || c == 0 {
            return length;
        }
        if c != b'\r' && length < line.len() - 1 {
            line[length] = c;
            length += 1;
        }
    }
}

fn word(text: &mut &str, to: &mut [u8]) -> bool {
    let mut parts = text.splitn(2, ' ');
    let first = parts.next().unwrap_or("");
    *text = parts.next().unwrap_or("");
    let n = first.len().min(to.len());
    to[..n].copy_from_slice(&first.as_bytes()[..n]);
    n > 0
}

async fn read_request(port: u32, r: &mut Request) -> bool {
    let mut line = [0u8; 128];
    *r = Request::new();
    let n = read_line(port, &mut line).await;
    {
        let mut text = std::str::from_utf8(&line[..n]).unwrap();
        if !word(&mut text, &mut r.method) || !word(&mut text, &mut r.path) {
            return false;
        }
    }
    loop {
        let n = read_line(port, &mut line).await;
        if n == 0 {
            return true;
        }
        let text = std::str::from_utf8(&line[..n]).unwrap();
        match text.split_once(':') {
            None => return false,
            Some(("Content-Length", v)) => r.body = v.trim().parse().unwrap(),
            Some(("Connection", v)) => r.keep_alive = v == " keep-alive",
            _ => {}
        }
    }
}

async fn respond(port: u32, status: u32, text: &str) {
    let mut head = [0u8; 96];
    let n = {
        let mut to = &mut head[..];
        write!(to, "HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", text.len()).unwrap();
        96 - to.len()
    };
    drain(port, &head[..n]).await;
    drain(port, text.as_bytes()).await;
}

async fn upload(port: u32, mut size: usize) -> u32 {
    let mut block = [0u8; 256];
    let mut sum = 1;
    while size > 0 {
        let n = size.min(block.len());
        fill(port, &mut block[..n]).await;
        sum = digest(sum, &block[..n]);
        size -= n;
    }
    sum
}

fn is(field: &[u8], text: &str) -> bool {
    field.starts_with(text.as_bytes()) && field.get(text.len()).map_or(true, |c| *c == 0)
}

async fn serve(input: u32, output: u32) -> u32 {
    let mut request = Request::new();
    let mut served = 0;
    port_script(
        input,
        "GET /index HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n\
         POST /up HTTP/1.1\r\nContent-Length: 12\r\nConnection: keep-alive\r\n\r\nabcdefghijkl\
         GET /none HTTP/1.1\r\nConnection: close\r\n\r\n",
        1000,
    );
    loop {
        if !read_request(input, &mut request).await {
            respond(output, 400, "bad request").await;
            return served;
        }
        if is(&request.method, "POST") {
            let sum = upload(input, request.body).await;
            let mut text = [0u8; 32];
            write!(&mut text[..], "{sum:08x}").unwrap();
            respond(output, 200, std::str::from_utf8(&text[..8]).unwrap()).await;
        } else if is(&request.path, "/index") {
            respond(output, 200, "<h1>welcome</h1>").await;
        } else {
            respond(output, 404, "not found").await;
        }
        served += 1;
        if !request.keep_alive {
            return served;
        }
    }
}

fn main() {
    run(serve(0, 1));
}
