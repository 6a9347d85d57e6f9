/** A worker's script: named by its address (`estampille/atelier-worker.js`), never imported. */
export {};
