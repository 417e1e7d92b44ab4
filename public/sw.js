// Offline: every file of this version is in one cache, named by the version. A new version installs beside it and waits until a
// person lets it take over; pages of the old one keep working from the old cache until then.
'use strict';

const VERSION = '__VERSION__';
const FILES = __FILES__;
const CACHE = `shelfwise-${VERSION}`;
const SHELL = new URL('./', self.registration.scope).href;

self.addEventListener('install', (event) => {
  // `reload`: a cache of the network in between must not mix two versions.
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(new URL(file, SHELL), { cache: 'reload' })))),
  );
});

self.addEventListener('activate', (event) => {
  const isOld = (name) => name.startsWith('shelfwise-') && name !== CACHE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || !url.href.startsWith(SHELL)) return;
  event.respondWith(answer(event.request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  // A deep link is the same page: the router reads the address.
  const key = request.mode === 'navigate' ? SHELL : request;
  const kept = await cache.match(key, { ignoreSearch: request.mode === 'navigate' });
  return kept ?? fetch(request);
}
