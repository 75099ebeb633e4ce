// Lets a copy work without a network: its worker keeps what comes.

navigator.serviceWorker?.register("worker.js").catch(() => {}); // a private window keeps nothing
