// Put before boot.js in every engine, so that what goes wrong in a page is heard from its first script on: in WebKit there is no
// other ear (its WebDriver hands out no console), elsewhere the engine's own log comes in addition. Kept for `Page.trouble`.
(function () {
  const keep = (words) => sessionStorage.setItem('watched', JSON.stringify([...JSON.parse(sessionStorage.getItem('watched') ?? '[]'), words]));
  addEventListener('error', (event) => {
    keep(event.target instanceof Element ? `did not load: ${event.target.src ?? event.target.href}` : `uncaught: ${event.message}`);
  }, true);
  addEventListener('unhandledrejection', (event) => keep(`not handled: ${event.reason}`));
  addEventListener('securitypolicyviolation', (event) => keep(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  const say = console.error;
  console.error = (...words) => {
    keep(`console: ${words.join(' ')}`);
    say.apply(console, words);
  };
})();
