// Before the first paint: large letters and contrast as the reader chose them, so that nothing jumps.
(function () {
  try {
    var root = document.documentElement;
    var asked = /[?&]elder=([12])/.exec(location.search);
    if (asked) localStorage.setItem('elder', asked[1]);
    var elder = localStorage.getItem('elder');
    var contrast = localStorage.getItem('contrast');
    var language = localStorage.getItem('language');
    if (elder === '1' || elder === '2') root.dataset.elder = elder;
    if (contrast === 'more') root.dataset.contrast = 'more';
    if (language) root.lang = language;
  } catch (error) {
    // A browser that forbids storage shows the standard letters.
    console.info(error);
  }
})();
