// Before and beside the app, in plain JavaScript so that it works where WebAssembly does not: checks the browser, guards the
// start, paints the static page when something is broken, exports raw data, registers the service worker.
(function () {
  'use strict';

  // With trusted types, HTML and script addresses pass only here: the framework's templates, and our own service worker.
  if (window.trustedTypes && trustedTypes.createPolicy) {
    trustedTypes.createPolicy('default', {
      createHTML: function (html) {
        return /<\s*(script|iframe|object|embed)|\son\w+\s*=|javascript:/i.test(html) ? '' : html;
      },
      createScriptURL: function (url) {
        var known = ['sw.js', 'journal.js'].map(function (name) { return new URL(name, document.baseURI).href; }).concat(workerUrl());
        return known.indexOf(new URL(url, document.baseURI).href) >= 0 ? url : null;
      },
    });
  }

  // The worker's address, with the hash that the build gave it.
  function workerUrl() {
    var meta = document.querySelector('meta[name="shelfwise-worker"]');
    return meta ? new URL(meta.content, document.baseURI).href : '';
  }

  var DATABASE = 'shelfwise';
  var isStarted = false;
  var hasFailed = false;
  var waiting = null;

  var words = {
    browser: [
      '这个浏览器太旧，打不开架上有数。请用新版的 Chrome、Edge、Safari 或 Firefox。',
      'This browser is too old for Shelfwise. Please use a current Chrome, Edge, Safari or Firefox.',
    ],
    storage: [
      '这个浏览器不让网站存数据（可能是无痕模式）。请换普通窗口，或在设置里允许。',
      'This browser does not let the site store data (a private window?). Use a normal window or allow it in the settings.',
    ],
    full: [
      '存储满了，打不开。请删掉手机里不用的文件再刷新。存好的拜访都在。',
      'Storage is full. Delete files you do not need and reload. Your saved visits are safe.',
    ],
    unreadable: [
      '浏览器里的数据库打不开。先刷新试试；还是打不开，就用这台设备上的安全副本重建。',
      'The database in the browser does not open. Reload first; if it still does not open, rebuild it from the safety copy on this device.',
    ],
    newer: [
      '数据是新版本写的，这个版本太旧。请联网刷新，更新后再用。数据都在。',
      'The data was written by a newer version. Go online and reload to update. Your data is safe.',
    ],
    slow: [
      '还没打开。等一会儿，或者刷新再试。存好的拜访都在。',
      'Still starting. Wait a little, or reload. Your saved visits are safe.',
    ],
    panic: [
      '出错了，需要刷新。存好的拜访都在，打了一半的也在。',
      'Something broke; please reload. Your saved visits are safe, and so is the one in hand.',
    ],
  };

  function element(tag, text, parent) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  /** The static page: why, reload, raw export. Replaces whatever is on screen. */
  function fail(why, detail) {
    hasFailed = true;
    var show = function () {
      var page = element('main');
      page.className = 'static';
      page.id = 'static-page';
      page.setAttribute('role', 'alert');
      page.setAttribute('data-why', why);
      element('h1', '架上有数 Shelfwise', page);
      var text = words[why] || words.panic;
      element('p', text[0], page).lang = 'zh-CN';
      element('p', text[1], page).lang = 'en';
      var reload = element('button', '刷新 · Reload', page);
      reload.className = 'btn btn-primary';
      reload.onclick = function () { location.reload(); };
      if (why !== 'browser') {
        var save = element('button', '导出原始数据 · Export raw data', page);
        save.className = 'btn';
        save.onclick = exportRaw;
      }
      if (why === 'unreadable') {
        // The broken database is out of the way, the journal is not: the app then finds an empty one and offers to bring everything back.
        var rebuild = element('button', '用安全副本重建 · Rebuild from the safety copy', page);
        rebuild.className = 'btn';
        rebuild.id = 'rebuild';
        rebuild.onclick = function () {
          var removing = indexedDB.deleteDatabase(DATABASE);
          removing.onsuccess = removing.onerror = function () { location.reload(); };
        };
      }
      if (detail) {
        var more = element('details', '', page);
        element('summary', '详情 · Details', more);
        element('pre', String(detail).slice(0, 2000), more);
      }
      document.body.replaceChildren ? document.body.replaceChildren(page) : ((document.body.textContent = ''), document.body.appendChild(page));
    };
    if (document.body) show();
    else document.addEventListener('DOMContentLoaded', show);
  }

  /** Every list of the database as it is; null where it does not open. Reads only. */
  function readStores() {
    return new Promise(function (done) {
      var nothing = function () { done(null); };
      var opening = indexedDB.open(DATABASE);
      opening.onupgradeneeded = function () { opening.transaction.abort(); };
      opening.onerror = nothing;
      opening.onsuccess = function () {
        var database = opening.result;
        var names = Array.prototype.slice.call(database.objectStoreNames);
        var stores = {};
        if (!names.length) return nothing();
        var reading = database.transaction(names, 'readonly');
        names.forEach(function (name) {
          reading.objectStore(name).getAll().onsuccess = function (event) { stores[name] = event.target.result; };
        });
        reading.onabort = nothing;
        reading.oncomplete = function () { done({ layout: database.version, stores: stores }); database.close(); };
      };
    });
  }

  /** The journal's files as they are, by name, each as base64. */
  async function readJournal() {
    var files = {};
    try {
      var folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('shelfwise');
      for await (var entry of folder.entries()) {
        if (!/\.swj$/.test(entry[0])) continue;
        var bytes = new Uint8Array(await (await entry[1].getFile()).arrayBuffer());
        var text = '';
        for (var at = 0; at < bytes.length; at += 32768) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 32768));
        files[entry[0]] = btoa(text);
      }
    } catch (error) { /* no journal here */ }
    return files;
  }

  /** The database and its journal as they are, as one JSON file. */
  async function exportRaw() {
    var read = await readStores();
    var journal = await readJournal();
    if (!read && !Object.keys(journal).length) return alert('没有可导出的数据 · No data to export');
    var all = Object.assign({ format: 'shelfwise-raw', exported_at: new Date().toISOString() }, read || { layout: 0, stores: {} }, { journal: journal });
    var link = element('a', '', document.body);
    link.href = URL.createObjectURL(new Blob([JSON.stringify(all)], { type: 'application/json' }));
    link.download = 'shelfwise-raw-' + all.exported_at.slice(0, 10) + '.json';
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); link.remove(); }, 10000);
  }

  /** Where the page runs, as far as the rep must know it before typing. */
  function surroundings() {
    var agent = navigator.userAgent;
    if (/MicroMessenger|QQ\//i.test(agent)) return 'wechat';
    var isApple = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1);
    if (isApple && navigator.standalone !== true) return 'ios-browser';
    return '';
  }

  /** A file in the form in which it can be shared here: browsers that refuse JSON take it as text. */
  function shareable(file) {
    var asText = new File([file], file.name + '.txt', { type: 'text/plain' });
    try {
      return [file, asText].filter(function (each) { return navigator.canShare && navigator.canShare({ files: [each] }); })[0];
    } catch (error) { return undefined; }
  }

  /** Opens the share sheet with a file: 'shared', 'cancelled', or 'tap' where the browser wants another tap first. */
  function shareFile(name, content) {
    var file = shareable(new File([content], name, { type: content.type || 'text/plain' }));
    if (!file) return Promise.resolve('failed');
    return navigator.share({ files: [file] }).then(function () { return 'shared'; }, function (error) {
      if (error && error.name === 'AbortError') return 'cancelled';
      return error && error.name === 'NotAllowedError' ? 'tap' : 'failed';
    });
  }

  /** Hands a file over to keep. An installed app on iOS strands its user on a download: there it is shared. */
  function saveFile(name, content) {
    var file = new File([content], name, { type: content.type || 'text/csv;charset=utf-8' });
    if (navigator.standalone === true && shareable(file)) return shareFile(name, file);
    var link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    // A large file is still being written to disk for a while.
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 600000);
    return Promise.resolve('saved');
  }

  function announce(worker) {
    waiting = worker;
    window.dispatchEvent(new Event('shelfwise-update'));
  }

  function registerWorker() {
    if (!('serviceWorker' in navigator)) return;
    navigator.serviceWorker.register('sw.js').then(function (registration) {
      // New only beside one that works already; WebKit has a page controlled by its first version before that is at work.
      var watch = function (worker) {
        if (!worker) return;
        worker.addEventListener('statechange', function () {
          if (worker.state === 'installed' && registration.active) announce(worker);
        });
      };
      if (registration.waiting && registration.active) announce(registration.waiting);
      watch(registration.installing);
      registration.addEventListener('updatefound', function () { watch(registration.installing); });
      document.addEventListener('visibilitychange', function () {
        if (!document.hidden && navigator.onLine) registration.update().catch(function () {});
      });
    }, function (error) { console.warn('service worker', error); });
  }

  /** Lets the waiting version take over, then loads it. Only ever called by a person's tap. */
  function applyUpdate() {
    if (!waiting) return;
    navigator.serviceWorker.addEventListener('controllerchange', function () { location.reload(); });
    waiting.postMessage('take over');
  }

  /**
   * The right to write: 'free' asks whether nobody has it, 'turn' waits for it, 'steal' takes it. Gives a function that lets it go, or
   * null; `lost` is called when another tab takes it. Without locks in this browser there is nothing to ask.
   */
  var inTurn = null;
  var asked = 0;
  function holdWriter(how, lost) {
    if (!navigator.locks) return undefined;
    if (inTurn) inTurn.abort();
    // What this tab asked for later takes the place of what it has: that is no loss.
    var mine = asked += 1;
    inTurn = how === 'turn' ? new AbortController() : null;
    var options = how === 'turn' ? { signal: inTurn.signal } : how === 'steal' ? { steal: true } : { ifAvailable: true };
    return new Promise(function (given) {
      var isHeld = false;
      navigator.locks.request('shelfwise-writer', options, function (lock) {
        if (!lock) return given(null);
        isHeld = true;
        return new Promise(function (release) {
          given(function () { isHeld = false; release(); });
        });
      }).catch(function () {
        given(null);
        if (isHeld && mine === asked) lost();
      });
    });
  }

  window.shelfwise = {
    fail: fail,
    holdWriter: holdWriter,
    exportRaw: exportRaw,
    worker: function () {
      return new Worker(workerUrl(), { type: 'module' });
    },
    saveFile: saveFile,
    shareFile: shareFile,
    canShareFiles: function () { return !!shareable(new File(['{}'], 'shelfwise.json', { type: 'application/json' })); },
    surroundings: surroundings,
    applyUpdate: applyUpdate,
    updateWaits: function () { return waiting !== null; },
    started: function () {
      isStarted = true;
      var boot = document.getElementById('boot');
      if (boot) boot.remove();
      var late = document.getElementById('static-page');
      if (late && !hasFailed) late.remove();
    },
  };

  // The looks chosen last, before the first paint.
  try {
    var looks = JSON.parse(localStorage.getItem('shelfwise.appearance'));
    if (looks) document.documentElement.setAttribute('data-theme', looks === 'dark' ? 'shelfwise-dark' : 'shelfwise');
  } catch (error) { /* no preferences here */ }

  var hasModules = 'noModule' in document.createElement('script');
  if (typeof WebAssembly !== 'object' || !hasModules) return fail('browser', '');
  var hasStorage = false;
  try { hasStorage = !!window.indexedDB && !!window.localStorage; } catch (error) { hasStorage = false; }
  if (!hasStorage) return fail('storage', '');

  window.addEventListener('unhandledrejection', function (event) {
    if (!isStarted && !hasFailed) fail('slow', event.reason);
  });
  window.addEventListener('error', function (event) {
    if (!isStarted && !hasFailed && event.message) fail('slow', event.message);
  });
  setTimeout(function () {
    if (!isStarted && !hasFailed) { fail('slow', ''); hasFailed = false; }
  }, 10000);

  var hide = function () { window.dispatchEvent(new Event('shelfwise-hide')); };
  var away = function () { hide(); window.dispatchEvent(new Event('shelfwise-away')); };
  document.addEventListener('freeze', away);
  document.addEventListener('resume', function () { if (!document.hidden) window.dispatchEvent(new Event('shelfwise-show')); });
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) away();
    else window.dispatchEvent(new Event('shelfwise-show'));
  });
  window.addEventListener('pagehide', hide);
  // After the first screen: the worker fetches every file once more.
  window.addEventListener('load', function () {
    (window.requestIdleCallback || setTimeout)(registerWorker, { timeout: 3000 });
  });
})();
