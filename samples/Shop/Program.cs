using Hearth.AspNetCore;
using Hearth.Shop;
using Microsoft.AspNetCore.Authentication.Cookies;

var builder = WebApplication.CreateBuilder(args);
builder.AddHearth();
builder.AddHearthDistributedCache();
builder.AddHearthCache();
builder.AddHearthOutputCache();
builder.AddHearthSession();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
builder.Services.AddAuthorization();
builder.Services.AddSingleton<ExchangeRates>();
builder.Services.AddHostedService<Stock>();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.UsePresence();
app.UseSession();
app.UseOutputCache();
app.MapHealthChecks("/health");
app.MapCatalogue();
app.MapBasket();
app.MapAccounts();
app.Run();
