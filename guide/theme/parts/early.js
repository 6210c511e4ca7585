try{var s=localStorage.getItem("guide-scheme");if(s==="light"||s==="dark")document.documentElement.setAttribute("data-guide-scheme",s)}catch(e){}
