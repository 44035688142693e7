// What the measurements look at from inside a page. Moments are milliseconds since 1970: pages of one machine share them.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const bench = { seen: {}, pressed: 0, tasks: [], inputs: [], events: 0 };
  globalThis.bench = bench;

  // Whether a frame is under way: what changes now is drawn with it.
  let isDrawing = false;
  const frame = requestAnimationFrame;
  globalThis.requestAnimationFrame = (run) =>
    frame((at) => {
      isDrawing = true;
      setTimeout(() => {
        isDrawing = false;
      });
      run(at);
    });

  // The moment of the first frame that draws what `test` finds; `bench.seen[name]` is its promise.
  const notice = (name, test) => {
    bench.seen[name] = new Promise((resolve) => {
      const look = () => {
        if (!test()) return;
        observer.disconnect();
        if (isDrawing) resolve(now());
        else frame(() => resolve(now()));
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      look();
    });
  };
  bench.notice = (name, selector, pattern) => {
    const wanted = new RegExp(pattern);
    notice(name, () => [...document.querySelectorAll(selector)].some((each) => wanted.test(each.textContent)));
  };
  // Another log is another conversation; it is drawn only with its messages.
  bench.noticeAnotherLog = () => {
    const old = document.querySelector("[role=log]");
    notice("log", () => {
      const log = document.querySelector("[role=log]");
      return log !== null && log !== old;
    });
  };
  bench.go = (path) => {
    const begun = now();
    history.pushState({}, "", path);
    return begun;
  };

  bench.seen.focus = new Promise((resolve) => {
    addEventListener("focusin", ({ target }) => {
      if (target.role === "row") frame(() => resolve(now()));
    });
  });
  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      bench.pressed = performance.timeOrigin + timeStamp;
    },
    { capture: true },
  );
  new PerformanceObserver((list) => {
    bench.tasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") bench.inputs.push(duration);
  }).observe({ type: "event", durationThreshold: 16 });

  const Plain = WebSocket;
  globalThis.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        bench.events += [...data.matchAll(/"type":"event"/g)].length;
      });
    }
  };

  // Draws nothing for `ms`, or scrolls `scroller` by `step` pixels a frame, and says what the frames were like.
  bench.frames = (ms, scroller, step) => {
    bench.tasks.length = 0;
    bench.inputs.length = 0;
    bench.events = 0;
    const moved = scroller === undefined ? null : document.querySelector(scroller);
    bench.running = new Promise((resolve) => {
      const begun = performance.now();
      const gaps = [];
      let last = begun;
      let blank = 0;
      const next = () => {
        const at = performance.now();
        gaps.push(at - last);
        last = at;
        if (moved !== null) {
          moved.scrollTop += step;
          blank += moved.querySelectorAll('[aria-label="Loading"]').length > 0 ? 1 : 0;
        }
        if (at - begun < ms) return void frame(next);
        const seconds = (at - begun) / 1000;
        // Entries of the last moment are told a little later.
        setTimeout(() => {
          const { tasks, inputs, events } = bench;
          resolve({ seconds, gaps, blank, tasks: [...tasks], inputs: [...inputs], events });
        }, 200);
      };
      frame((at) => {
        last = at;
        next();
      });
    });
  };
})();
