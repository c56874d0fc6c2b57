// Before the first paint: the look that was chosen here, if one was.
(() => {
  const root = document.documentElement;
  const apply = () => {
    let chosen = null;
    try { chosen = localStorage.getItem("relais:theme"); } catch { /* storage is closed: the system's look */ }
    if (chosen) root.dataset.theme = chosen;
    else delete root.dataset.theme;
  };
  apply();
  addEventListener("storage", apply);
})();
