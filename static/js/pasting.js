/** Keeps what is pasted or typed into the start page's form; runs before the form is there, so that nothing comes first. */
document.addEventListener("input", ({ target: area }) => {
  if ("paste" in area.dataset) sessionStorage.setItem(`tarkka:paste:${area.name}`, area.value);
});
